"""Funds, budgets, who may commit how much, and the ledger of what was."""
