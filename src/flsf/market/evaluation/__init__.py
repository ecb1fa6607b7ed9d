"""Applications are read by two people apart, agreed on, reported, decided and answered."""
