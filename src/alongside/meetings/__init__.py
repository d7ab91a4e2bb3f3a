"""Sessions of a pair: planned, held, written down; what the two agreed to do; what each keeps for themselves (3.1)."""
