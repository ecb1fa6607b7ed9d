"""Which agreements are issued, accepted and waiting, and what is done about each."""
