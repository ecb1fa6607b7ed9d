"""What happened at each session, half-day by half-day."""
