"""Data files of the package, loaded and checked: words, compounds, limits, the guide, the texts of findings."""
