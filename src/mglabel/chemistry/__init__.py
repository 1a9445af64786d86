"""Formulas, fractions of magnesium, units and the calculator. Knows tables and values, nothing of labels."""
