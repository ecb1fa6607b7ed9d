"""Whom nothing may be awarded to: the debarment list, and exclusions decided here."""
