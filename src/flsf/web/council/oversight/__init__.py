"""What those who oversee the framework see: pictures and sums, never a child's record."""
