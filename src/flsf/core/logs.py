"""What may stand in a log line. Pure: structlog's processors, without structlog.

Logs are read by people who may not see children's records, and are kept where deletion
does not reach. So a key goes in only when it is listed here, and none that is listed holds
words that anybody typed. Errors are told by their kind and the place in the code: their
texts quote values ("Key (email)=(...) already exists").
"""

import logging
import re
import traceback
from collections.abc import Mapping, MutableMapping
from types import TracebackType
from typing import Any

LISTED = frozenset(
    {
        # every line
        *("event", "level", "timestamp", "logger", "request_id"),
        # a page
        *("page", "method", "status", "milliseconds", "user_id", "queries"),
        # a job or a command
        *("task", "job_id", "attempt", "queue", "command", "rows", "bad_rows", "seconds", "count"),
        # what it is about: a public reference, an id or a code, never words
        *("subject", "ref", "batch", "template", "channel", "kind", "code", "tag"),
        # an error
        *("error", "trace", "sqlstate", "constraint"),
    }
)

ID_OR_CODE = re.compile(r"[\w.:/ <>()-]{0,120}")

# Values of these are ours alone, and longer than a code.
LONG = frozenset({"trace", "event", "timestamp"})


def keep_listed_only(
    logger: Any, method: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Drops every key that is not listed and every value that is not an id or a code.

    What was dropped is told by its key alone, so that the slip can be found.
    """
    kept = {key: value for key, value in line.items() if key in LISTED and _is_plain(key, value)}
    dropped = sorted(key for key in line.keys() - kept.keys() if not key.startswith("_"))
    if dropped:
        kept["dropped"] = dropped
    return kept


def keep_pattern_only(
    logger: Any, method: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Of another library's line, the pattern without the values put into it."""
    record: logging.LogRecord = line["_record"]
    line["event"] = record.msg if record.args and isinstance(record.msg, str) else line["event"]
    return line


def tell_errors_without_values(
    logger: Any, method: str, line: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """An exception becomes its kinds, the places in the code, and PostgreSQL's own codes."""
    told = line.pop("exc_info", None)
    if isinstance(told, BaseException):
        error: BaseException | None = told
    elif isinstance(told, tuple):
        error = told[1]
    else:
        error = None
    line.pop("stack_info", None)
    if error is None:
        return line
    chain = _chain(error)
    line["error"] = " < ".join(type(one).__qualname__ for one in chain)
    line["trace"] = " < ".join(_place(one.__traceback__) for one in chain)
    line.update(_database_codes(chain))
    return line


def _chain(error: BaseException) -> list[BaseException]:
    chain = [error]
    while (cause := chain[-1].__cause__ or chain[-1].__context__) and cause not in chain:
        chain.append(cause)
    return chain


def _place(trace: TracebackType | None) -> str:
    """Where in our own code, and at the very end where in whosever."""
    every = traceback.extract_tb(trace)
    ours = [one for one in every[:-1] if "site-packages" not in one.filename]
    frames = [*ours[-5:], *every[-1:]]
    names = (f"{one.filename.rpartition('/')[2]}:{one.lineno} {one.name}" for one in frames)
    return ", ".join(names)


def _database_codes(chain: list[BaseException]) -> Mapping[str, str]:
    for one in chain:
        if state := getattr(one, "sqlstate", None):
            constraint = getattr(getattr(one, "diag", None), "constraint_name", None)
            return {"sqlstate": state} | ({"constraint": constraint} if constraint else {})
    return {}


def _is_plain(key: str, value: Any) -> bool:
    if key in LONG:
        return isinstance(value, str)
    if isinstance(value, str):
        return ID_OR_CODE.fullmatch(value) is not None
    return value is None or isinstance(value, int | float)
