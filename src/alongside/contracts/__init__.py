"""The mentoring agreement: two layers, versions that never change once shown, signatures bound to their text (2.2)."""
