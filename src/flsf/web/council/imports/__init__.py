"""Bringing in the council's own sheets: file, columns, what would happen, taken in, undone."""
