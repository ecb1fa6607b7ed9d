"""The `flsf` command."""
