"""An organisation’s own pages: set-up, settings, roles, and each person’s settings and switching."""
