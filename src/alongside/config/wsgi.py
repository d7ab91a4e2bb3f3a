"""The WSGI handler that gunicorn serves."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from alongside.config import faults
from alongside.config.backups import unfinished

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")  # it would look through every installed package for them

# What is loaded here stays: looking for garbage in it would take a tenth of the start, and stop requests later.
gc.disable()
application = get_wsgi_application()
faults.be_impatient()
gc.freeze()
gc.enable()
if unfinished.is_there():  # also where somebody else's process manager starts the web
    raise SystemExit(f"alongside: {unfinished.SENTENCE}")
