"""New kinds of service: proposed by providers, taken up or merged by the council (S128)."""
