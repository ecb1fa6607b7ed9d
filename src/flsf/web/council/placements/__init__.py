"""Placements of the whole borough, and what is out of order at their sessions."""
