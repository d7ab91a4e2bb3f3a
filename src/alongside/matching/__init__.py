"""Pairing a whole programme at once, under the organisation's rules, with reasons; people decide what comes of it."""
