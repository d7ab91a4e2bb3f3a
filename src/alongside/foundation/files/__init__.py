"""Checked uploads."""
