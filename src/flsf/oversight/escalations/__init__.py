"""What is done about a provider that does not meet what was agreed: step by step, each answered."""
