"""What the law wants published in the Local Offer, and where it is (rule E15)."""
