"""Policies reviewed, guidance judged against, and how each provider stands in the four groups."""
