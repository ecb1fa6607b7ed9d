"""Files that people bring: read, checked row by row, and taken in as one batch."""
