"""What it all cost and achieved, and whether children were safe."""
