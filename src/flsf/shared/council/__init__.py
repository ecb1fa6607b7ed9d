"""What the council says of itself: its name, colour, and how and when it can be reached."""
