"""What is published of the directory for other systems to take, and since when."""
