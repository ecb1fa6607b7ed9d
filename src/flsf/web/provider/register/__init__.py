"""What happened at a session, and whole registers from a file."""
