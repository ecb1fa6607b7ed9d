"""What families say of the Local Offer, and what was answered."""
