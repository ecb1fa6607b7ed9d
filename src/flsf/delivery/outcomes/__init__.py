"""What a child is working towards, from their own starting point."""
