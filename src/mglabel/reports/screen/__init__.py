"""Reports for a terminal, with tables and colour. What is piped elsewhere gets the plain text and never loads these."""
