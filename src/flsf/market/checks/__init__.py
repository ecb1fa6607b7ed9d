"""What a provider must show before it is trusted with a child, and until when."""
