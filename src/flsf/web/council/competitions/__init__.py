"""Competitions: a brief is published, bids are opened, scored and settled."""
