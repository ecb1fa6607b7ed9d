"""What the framework is, and who has been admitted to it."""
