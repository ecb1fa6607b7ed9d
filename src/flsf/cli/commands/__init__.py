"""One module for each command; see flsf.cli.main."""
