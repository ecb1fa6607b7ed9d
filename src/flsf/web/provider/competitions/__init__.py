"""Competitions that a provider was asked to bid in."""
