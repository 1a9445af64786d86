"""Analyses for other programs: schema.org JSON-LD, SARIF and the annotations of a code review."""
