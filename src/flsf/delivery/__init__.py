"""What was bought begins, happens, and helps."""
