"""Concerns about somebody's safety, and what is done about them. Nothing imports this package."""
