"""What families say of a provider's services, and the provider's answers."""
