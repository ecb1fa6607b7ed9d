"""Who works for the provider, their checks, and its letter about them."""
