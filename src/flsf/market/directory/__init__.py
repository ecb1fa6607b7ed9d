"""The public list of services."""
