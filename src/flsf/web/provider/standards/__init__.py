"""A provider reads the standards and the safeguarding procedure, and says that it keeps to them."""
