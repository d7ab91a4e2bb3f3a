"""Alongside runs mentoring programmes for organisations, from the reason they exist to a good ending."""
