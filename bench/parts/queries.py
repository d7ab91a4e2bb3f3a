"""Counts the queries of each page, when it is asked for again: `queries.py COOKIES PAGES`, both as JSON."""

import json
import logging
import sys
from collections import Counter

import django

django.setup()
logging.disable(logging.INFO)  # only what goes wrong is said

from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402


def count(cookie: str, path: str) -> dict:
    """How many, and those that ran more than once."""
    client = Client(headers={"host": "localhost"})
    client.cookies["session"] = cookie
    client.get(path)
    with CaptureQueriesContext(connections["default"]) as ours, CaptureQueriesContext(connections["keys"]) as keys:
        answer = client.get(path)
    ran = [query["sql"] for query in (*ours.captured_queries, *keys.captured_queries)]
    again = {sql: times for sql, times in Counter(ran).items() if times > 1}
    return {"status": answer.status_code, "queries": len(ran), "again": again, "bytes": len(answer.content)}


cookies, pages = json.loads(sys.argv[1]), json.loads(sys.argv[2])
print(json.dumps({name: count(cookies[who], path) for name, who, path in pages}))
