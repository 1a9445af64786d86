"""Labels rendered from known facts, in every language and layout, for the tests of the reading."""
