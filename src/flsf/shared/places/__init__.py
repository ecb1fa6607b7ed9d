"""Postcodes, wards and schools."""
