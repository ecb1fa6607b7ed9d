"""What the provider is owed: drafted from its own marks, checked and sent."""
