"""A provider's placements: who works on them, when they begin and end."""
