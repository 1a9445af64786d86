"""HTML's tag names as alternatives of a pattern: those that end a line, cells, those within a line."""

from __future__ import annotations

LINES = (
    "p|br|hr|div|ul|ol|li|dl|dt|dd|table|thead|tbody|tfoot|tr|h[1-6]|section|article|main|header|footer|aside|figure"
    "|pre|blockquote|center|details|summary"
)
CELLS = "td|th"
INLINES = "a|abbr|b|big|cite|code|em|font|i|img|ins|mark|s|small|span|strike|strong|sub|sup|u|wbr"
