"""What providers would have the public read: compared, agreed or sent back."""
