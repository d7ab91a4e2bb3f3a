"""Talking to a mail server, for so long and no longer.

A socket's timeout starts anew with each byte: a server that drips them could hold a worker for good. So a whole
delivery has its end too, greeting and farewell included.
"""

import smtplib
import threading
from collections.abc import Callable, Sequence
from functools import partial
from socket import SHUT_RDWR, socket
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend


class Backend(EmailBackend):
    """Django's, which gives a delivery up after `EMAIL_DEADLINE` seconds."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._end = _End()

    @property
    def connection_class(self) -> Callable[..., smtplib.SMTP]:  # type: ignore[override]  # a class is called, no more
        """How the talk is begun; the end of the delivery holds on to its socket."""
        return partial(_OverTls if self.use_ssl else _Plain, self._end)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send them; how many. Raises what smtplib raises, for a delivery that took too long SMTPServerDisconnected."""
        self._end = _End()
        timer = threading.Timer(settings.EMAIL_DEADLINE, self._end.come)
        timer.daemon = True
        timer.start()
        try:
            return super().send_messages(email_messages)
        finally:
            timer.cancel()
            self._end.let_go()


class _End:
    """The end of one delivery: cuts the talk off, wherever it is, once the time has come."""

    def __init__(self) -> None:
        self._lock, self._held, self.has_come = threading.Lock(), list[socket](), False

    def hold(self, talk: socket) -> None:
        """A handle of its own on the same talk: it stays good when encryption takes the other one over."""
        with self._lock:
            self._held.append(talk.dup())
            if self.has_come:
                _cut(self._held[-1])

    def come(self) -> None:
        """Cut off what is held, and what comes later."""
        with self._lock:
            self.has_come = True
            for talk in self._held:
                _cut(talk)

    def let_go(self) -> None:
        """The delivery is over."""
        with self._lock:
            while self._held:
                self._held.pop().close()


def _cut(talk: socket) -> None:
    try:
        talk.shutdown(SHUT_RDWR)
    except OSError:
        return  # the server has hung up already


class _Plain(smtplib.SMTP):
    def __init__(self, end: _End, *args: Any, **kwargs: Any) -> None:
        self._end = end
        super().__init__(*args, **kwargs)

    def _get_socket(self, *where: Any) -> socket:
        talk: socket = super()._get_socket(*where)  # type: ignore[misc]  # smtplib's own place for this
        self._end.hold(talk)
        return talk

    def getreply(self) -> tuple[int, bytes]:
        """An answer of the server. One that was cut off in the middle of a line is none, whatever it begins with."""
        said = super().getreply()
        if self._end.has_come:
            self.close()
            raise smtplib.SMTPServerDisconnected("it took too long")
        return said


class _OverTls(smtplib.SMTP_SSL, _Plain):
    """Held before it is encrypted: `SMTP_SSL` asks `_Plain` for its socket."""

    def __init__(self, end: _End, *args: Any, **kwargs: Any) -> None:
        self._end = end
        smtplib.SMTP_SSL.__init__(self, *args, **kwargs)
