"""Supported internships: places open and to come, and the young people who want one (S259)."""
