"""The overview of a batch run as one page: grades, doses against the limit, objections, and a table of all labels."""
