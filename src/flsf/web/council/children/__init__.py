"""A child's record, for those who work with it."""
