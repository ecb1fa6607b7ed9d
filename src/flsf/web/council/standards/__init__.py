"""Standards and the safeguarding procedure: published, and who keeps to which version."""
