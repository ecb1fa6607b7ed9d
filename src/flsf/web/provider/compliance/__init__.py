"""What a provider must show the council, and by when."""
