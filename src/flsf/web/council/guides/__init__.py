"""What council staff publish on the Local Offer in the council's own words."""
