"""From tokens to what a label says: statements, mentions, directions, signs. Knows no language, converts nothing."""
