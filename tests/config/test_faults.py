"""What is said of faults: which of them pass, and how long a page waits."""

import errno
import time
from threading import Event, Thread

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection, connections, transaction
from django.db.backends.signals import connection_created

from alongside.config import faults
from alongside.foundation.identity.models import Account


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OSError(errno.ENOENT, "No such file"), False),
        (OperationalError("connection refused"), True),
        (IntegrityError("a fault of ours"), False),
        (DatabaseError("a fault of ours"), False),
        (ValueError("a fault of ours"), False),
        (None, False),
    ],
)
def test_what_lies_in_the_surroundings_may_be_well_in_a_minute(error, passes):
    assert faults.is_passing(error) is passes


@pytest.mark.both
@pytest.mark.django_db
def test_a_wrong_question_to_the_database_is_a_fault_of_ours():
    with pytest.raises(DatabaseError) as wrong, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT nonsense FROM nowhere")
    assert faults.is_passing(wrong.value) is False


def test_a_connection_begins_with_nothing_that_a_pool_refuses():
    """PgBouncer hangs up on `options`, and on every name of the server's own that it does not follow."""
    begins_with = faults.waits({"ENGINE": "django.db.backends.postgresql", "OPTIONS": {}}, 7)
    assert begins_with == {"connect_timeout": 7, "tcp_user_timeout": 7000}, "of the client alone"


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_the_web_waits_for_no_row_longer_than_it_may():
    was = {name: dict(database["OPTIONS"]) for name, database in connections.settings.items()}
    said = []

    def ask():
        faults.be_impatient()
        connection.close()
        with connection.cursor() as cursor:
            on_sqlite = connection.vendor == "sqlite"
            cursor.execute("PRAGMA busy_timeout" if on_sqlite else "SHOW lock_timeout")
            said.extend(cursor.fetchone())
        connections.close_all()

    asking = Thread(target=ask)
    try:
        asking.start()
        asking.join()
    finally:
        connection_created.disconnect(dispatch_uid="alongside.config.faults")
        for name, options in was.items():
            connections.settings[name]["OPTIONS"] = options
    assert said == [7000 if connection.vendor == "sqlite" else "7s"]


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_who_waits_for_a_row_that_somebody_holds_is_told_in_time():
    account = Account.objects.create(email="ben.thomas@northgate.example")
    said, held, let_go = [], Event(), Event()

    def hold():
        with transaction.atomic():
            Account.objects.filter(pk=account.pk).update(is_active=False)
            held.set()
            let_go.wait(20)
        connections.close_all()

    def write():
        mine = connections["default"]
        mine.settings_dict = mine.settings_dict | {
            "OPTIONS": mine.settings_dict["OPTIONS"] | faults.waits(mine.settings_dict, 1)
        }
        faults.wait_for_locks(mine, 1)
        begun = time.monotonic()
        try:
            Account.objects.filter(pk=account.pk).update(is_active=True)
        except OperationalError as error:
            said.append((faults.is_passing(error), time.monotonic() - begun < 5))
        finally:
            connections.close_all()

    holder, writer = Thread(target=hold), Thread(target=write)
    holder.start()
    assert held.wait(10)
    writer.start()
    writer.join(20)
    let_go.set()
    holder.join()
    assert said == [(True, True)]
