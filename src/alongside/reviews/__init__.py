"""Reviews: looking back together. For now the closing review, by both, and what happens afterwards (3.3)."""
