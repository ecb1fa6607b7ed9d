"""Fetches the services of another directory, whole or not at all."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from time import monotonic
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    UnknownHandler,
)

from flsf.shared.imports.rules.oruk import Feed
from flsf.shared.imports.rules.refused import FileRefused

SECONDS_A_REPLY = 30
SECONDS_IN_ALL = 30 * 60
MOST_BYTES_A_REPLY = 20_000_000
MOST_BYTES_IN_ALL = 500_000_000
MOST_PAGES = 10_000
A_PAGE = 100
ALLOWED = frozenset({"http", "https"})


class NotOnTheWeb(FileRefused):
    says = "Give an address that begins with https:// or http://, or the name of a file."


class FeedStopped(FileRefused):
    says = "The feed stopped half-way, so nothing was changed."


class FeedGoesRound(FileRefused):
    says = "The feed gives the same page again and again, so nothing was changed."


class FeedTooBig(FileRefused):
    says = "The feed is bigger than we can take, so nothing was changed."


@dataclass(slots=True)
class _Reading:
    """What has been read so far, and how much more may be."""

    opener: OpenerDirector
    ends_at: float
    bytes_left: int = MOST_BYTES_IN_ALL

    def json(self, address: str) -> Any:
        """The reply, read. Raises FeedStopped, FeedTooBig."""
        if monotonic() > self.ends_at:
            raise FeedStopped(f"It took longer than {SECONDS_IN_ALL // 60} minutes.")
        try:
            with self.opener.open(address, timeout=SECONDS_A_REPLY) as reply:
                content: bytes = reply.read(MOST_BYTES_A_REPLY + 1)
        except HTTPError as error:
            error.close()
            raise FeedStopped(f"{address} answered {error.code}.") from None
        except (URLError, OSError, ValueError) as error:
            raise FeedStopped(f"{address} does not answer: {error}.") from error
        self.bytes_left -= len(content)
        if len(content) > MOST_BYTES_A_REPLY or self.bytes_left < 0:
            raise FeedTooBig
        try:
            return json.loads(content)
        except (ValueError, RecursionError):
            raise FeedStopped(f"{address} answered what is not JSON, or not all of it.") from None


def is_address(given: str) -> bool:
    """Whether it is meant as an address on the web, not as the name of a file."""
    return "://" in given


def fetch(address: str) -> Feed:
    """Every service in full. Raises NotOnTheWeb, FeedStopped, FeedGoesRound and FeedTooBig."""
    if urlsplit(address).scheme not in ALLOWED or not urlsplit(address).hostname:
        raise NotOnTheWeb
    reading = _Reading(_opener(), monotonic() + SECONDS_IN_ALL)
    base = base_of(address)
    listed = list(_listed(reading, base))
    return Feed([_in_full(reading, base, one) for one in listed])


def base_of(address: str) -> str:
    """The address of the API, however it is given."""
    return address.split("?", maxsplit=1)[0].rstrip("/").removesuffix("/services")


def _opener() -> OpenerDirector:
    """Follows no reply to anywhere but the web."""
    opener = OpenerDirector()
    for handler in (
        *(HTTPHandler(), HTTPSHandler(), HTTPRedirectHandler()),
        *(HTTPErrorProcessor(), HTTPDefaultErrorHandler(), UnknownHandler()),
    ):
        opener.add_handler(handler)
    return opener


def _listed(reading: _Reading, base: str) -> Iterator[object]:
    seen: set[str] = set()
    came = 0
    for number in range(1, MOST_PAGES + 1):
        page = reading.json(f"{base}/services?page={number}&per_page={A_PAGE}")
        contents = page.get("contents") if isinstance(page, dict) else None
        if not isinstance(contents, list):
            raise FeedStopped(f"Page {number} of {base}/services has no contents.")
        ids = {str(one.get("id")) for one in contents if isinstance(one, dict)}
        if ids and ids <= seen:
            raise FeedGoesRound(f"Page {number} has nothing that an earlier one had not.")
        seen |= ids
        came += len(contents)
        yield from contents
        if page.get("last_page") is True or number >= _pages(page):
            _all_there(page, came)
            return
        if not contents:
            raise FeedStopped(f"Page {number} is empty and says that more follow.")
    raise FeedTooBig


def _pages(page: dict[str, Any]) -> float:
    pages = page.get("total_pages")
    return pages if isinstance(pages, int) else float("inf")


def _all_there(page: dict[str, Any], came: int) -> None:
    total = page.get("total_items")
    if isinstance(total, int) and came < total:
        raise FeedStopped(f"It says that it has {total:,} services, and {came:,} came.")


def _in_full(reading: _Reading, base: str, one: object) -> object:
    """The whole record, which alone says where a service happens."""
    if not isinstance(one, dict) or not isinstance(one.get("id"), str):
        return one
    if "service_at_locations" in one or one.get("status") != "active":
        return one
    return reading.json(f"{base}/services/{quote(one['id'], safe='')}")
