"""An anchor of its own for each test, written as after a commit."""

import pytest

from alongside.foundation.events import anchor, keys
from alongside.foundation.events.models import AuditHead


@pytest.fixture
def anchored(settings, tmp_path):
    """The anchor of the log as it stands, in a folder of its own."""
    settings.DATA_DIR = tmp_path
    head = AuditHead.objects.get()
    anchor.renew(head.count, head.hash, keys.stored())
    return tmp_path / "audit_anchor"
