"""The framework's registers: one list, form and page for each, made from its definition."""
