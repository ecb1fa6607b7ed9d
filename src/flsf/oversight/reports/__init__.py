"""The figures of the cabinet report, and how each can be worked out."""
