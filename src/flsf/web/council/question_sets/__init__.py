"""What applicants are asked: versions, written by staff and published once."""
