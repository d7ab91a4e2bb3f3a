"""What is logged: who, what, when, in one JSON line each; never a token, a search, or words that somebody wrote."""

import re
import traceback
from typing import Any

import structlog
from structlog.typing import EventDict, ExcInfo, Processor, WrappedLogger

# Refs have twelve letters; anything much longer in an address is a token that signs somebody in or lets them join.
_TOKEN = re.compile(r"(?<=/)[^/?\s\"']{20,}")
_QUERY = re.compile(r"\?\S*")


def without_secrets(words: str) -> str:
    """An address, or a sentence that holds one, without its query and with each token as an ellipsis."""
    return _TOKEN.sub("…", _QUERY.sub("", words))


def redact(logger: WrappedLogger, method: str, said: EventDict) -> EventDict:
    """Take secrets out of whatever names an address."""
    for key in ("event", "request"):
        if isinstance(said.get(key), str):
            said[key] = without_secrets(said[key])
    for key in ("user_agent", "ip"):  # who it was stands in user_id; a header can claim any address
        said.pop(key, None)
    return said


def without_words(said: ExcInfo) -> str:
    """A traceback of places and kinds of error, the first cause first.

    An error's message may quote what somebody wrote (PostgreSQL's do), so it is left out. Only what the surroundings
    say (a database that is away, a full disk) is kept, in its first line: whoever runs this copy needs it.
    """
    error: BaseException | None = said[1]
    parts: list[str] = []
    while error is not None:
        kept = f": {str(error).partition(chr(10))[0]}" if _is_of_the_surroundings(error) else ""
        kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
        parts.append("".join(traceback.format_tb(error.__traceback__)) + kind + kept)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n\n".join(reversed(parts))


def _is_of_the_surroundings(error: BaseException) -> bool:
    return isinstance(error, OSError) or type(error).__name__ in ("OperationalError", "InterfaceError")


_always: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.ExceptionRenderer(without_words),
    redact,
]


def configure() -> dict[str, Any]:
    """Set structlog up; returns Django's LOGGING, so that its own loggers say things in the same way."""
    structlog.configure(
        processors=[*_always, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.JSONRenderer()],
        "foreign_pre_chain": _always,
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": formatter},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "alongside": {"level": "INFO"},
            "django_structlog": {"level": "INFO"},
            # django_structlog says the same with more; the exception of a 500 is in its line too
            "django.request": {"level": "CRITICAL"},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        },
    }
