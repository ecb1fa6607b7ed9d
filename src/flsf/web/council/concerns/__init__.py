"""Concerns, for the safeguarding leads alone."""
