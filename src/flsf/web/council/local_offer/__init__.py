"""What council staff keep of the Local Offer besides the listings of providers."""
