"""What a provider promised, reports of it, and does for the climate."""
