"""What families say of the Local Offer, and what was answered: you said, we did."""
