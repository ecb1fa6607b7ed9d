"""The first page, everybody's own first page, and what every service says of itself."""
