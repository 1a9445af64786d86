"""From what a label says to what it means: compound or element, totals, the day, and every doubt that stays."""
