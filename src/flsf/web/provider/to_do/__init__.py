"""What waits for a provider."""
