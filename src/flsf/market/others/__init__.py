"""Help that is not on the framework: listed beside it, and marked (S306)."""
