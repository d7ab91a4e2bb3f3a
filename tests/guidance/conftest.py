import os

from tests.browser import browser, page_for  # noqa: F401 -- fixtures

# Playwright's synchronous interface keeps an event loop in the thread; Django would refuse the database there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
