"""The greeting of an empty installation, and each person’s first page."""
