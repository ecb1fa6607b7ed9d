"""A parent, carer or young person asks for support without an account (J2)."""
