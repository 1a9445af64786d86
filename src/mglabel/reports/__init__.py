"""One analysis, or one table, as readable text in English or Danish. Nothing here computes."""
