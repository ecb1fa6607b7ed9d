"""Whether each child stays with a provider that may take no new children."""
