"""Every service is ranked for a referral or left out with every reason."""
