"""What fits a referral, what does not and why, side by side."""
