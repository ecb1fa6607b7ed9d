"""Exit codes that scripts may count on."""

DONE = 0
DONE_WITH_BAD_ROWS = 1
REFUSED = 2
