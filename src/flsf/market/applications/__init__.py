"""Applying to the framework: questions kept as data, answers, and what was sent for good."""
