"""Mail: outbox, delivery and preferences."""
