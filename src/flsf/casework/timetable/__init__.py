"""Which half-days of the week a child is booked for, and so which places are taken."""
