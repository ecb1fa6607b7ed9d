"""Providers are paid for what happened."""
