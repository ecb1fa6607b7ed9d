"""What a signed-in parent, carer or young person reads about their own requests."""
