"""Encrypted text, and its keys in a store of their own."""
