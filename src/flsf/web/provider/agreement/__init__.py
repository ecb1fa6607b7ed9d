"""A provider reads and accepts its framework agreement."""
