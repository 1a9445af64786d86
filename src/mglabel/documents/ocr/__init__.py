"""Pictures of labels: lines of letters recognised by models that an extra installs, laid out as a PDF's glyphs are."""
