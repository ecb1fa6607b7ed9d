"""A child's need becomes a referral, is matched to services, and support is called off."""
