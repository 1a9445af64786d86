"""The command line: a thin face over the public functions. Modules are imported when their command runs."""
