"""The `alongside` command: Django's commands and ours, with settings already chosen."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one command; `alongside help` lists them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
    execute_from_command_line(sys.argv)
