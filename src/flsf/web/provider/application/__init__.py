"""A provider's own application: a list of tasks, a page of questions, and what was sent."""
