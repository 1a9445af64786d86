"""What a caller gives, turned into the text of a label."""
