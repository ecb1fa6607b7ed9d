"""What support the council expects to need, told to providers so that they can prepare."""
