"""Exports, erasure, holds and retention: what law asks of records, derived from the declarations of every package."""
