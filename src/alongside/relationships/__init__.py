"""Pairs, the spine: who is with whom, how far they have come, and how it ends (1.2)."""
