"""What keeps the house: measuring, fetching page assets, browsers."""
