"""PDF: from the glyphs of a page to its text in reading order, each step a function of its own.

glyphs → lines → words → tables and columns → text with the box of every character.
"""
