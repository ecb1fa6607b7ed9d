"""Messages to people, kept in an outbox until they are sent."""
