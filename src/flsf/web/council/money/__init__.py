"""Budgets, spending and claims, for those who answer for the money."""
