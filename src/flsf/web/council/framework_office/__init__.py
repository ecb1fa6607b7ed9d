"""The framework as the council keeps it: term, ceiling, lots, method, and the law's numbers."""
