"""Goals: what the mentee wants, where they start, where they hope to be, and how far they have come."""
