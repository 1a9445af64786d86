"""Grade a settled label against the guide: verdicts, the letter, and findings with their evidence."""
