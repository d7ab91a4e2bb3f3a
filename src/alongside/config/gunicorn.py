"""What gunicorn does beside its command line. The master reads this too, so Django is loaded in the worker alone."""

import gc
from typing import Any


def post_worker_init(worker: Any) -> None:
    """Load what the first request would have to: every address with its view, and the tags of templates.

    Then all of it is left out of every later look for garbage, which would stop a request for as long as it takes.
    """
    from django.template import engines  # noqa: PLC0415 -- not in the master
    from django.urls import get_resolver  # noqa: PLC0415 -- not in the master

    gc.disable()
    _ = get_resolver().url_patterns, engines.all()
    gc.unfreeze()  # what was left over while the application was loaded (wsgi.py)
    gc.collect()
    gc.freeze()
    gc.enable()
