"""One way of writing logs, for our own lines and everybody else's.

Static event names with ids, never sentences with values. What may be in a line is an
allow-list in flsf.core.logs; a child's name cannot get in by any road we know of, and
tests/pages/test_logs.py tries them.
"""

import logging.config
from collections.abc import Mapping
from typing import Any

import structlog

from flsf.core import logs

_OURS: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def for_machines() -> dict[str, Any]:
    """One JSON object a line."""
    return _settings([structlog.processors.JSONRenderer()])


def for_people() -> dict[str, Any]:
    """Readable on a terminal."""
    return _settings([structlog.dev.ConsoleRenderer(colors=False)])


def configure(settings: Mapping[str, Any]) -> None:
    """Called by Django once, with LOGGING."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_OURS,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    logging.config.dictConfig(dict(settings))


def _settings(last: list[Any]) -> dict[str, Any]:
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        # Others' lines carry values in their text; of these only the pattern is kept.
        "foreign_pre_chain": [logs.keep_pattern_only, *_OURS],
        "processors": [logs.tell_errors_without_values, logs.keep_listed_only, *last],
        "use_get_message": False,
    }
    quiet = ("httpx", "procrastinate", "asyncio", "fontTools")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"one": formatter},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "one"}},
        "root": {"handlers": ["console"], "level": "INFO"},
        "loggers": {
            "django": {"handlers": [], "level": "INFO", "propagate": True},
            # RequestLog says the same, with the name of the page instead of its address.
            "django.request": {"level": "ERROR"},
            "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
            **{name: {"level": "WARNING"} for name in quiet},
        },
    }
