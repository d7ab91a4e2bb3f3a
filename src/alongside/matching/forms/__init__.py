"""Forms of matching: the `board`."""
