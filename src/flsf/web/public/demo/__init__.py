"""The made-up borough's people, one click away. Nowhere but in a demonstration."""
