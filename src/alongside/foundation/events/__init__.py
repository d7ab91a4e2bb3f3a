"""What happened: one hash-chained audit entry for every change, and the reactions to it."""
