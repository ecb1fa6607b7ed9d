"""Fetching another directory's services from a server on this machine: whole, or not at all."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest

from flsf.cli import feeds


def service(number, **more):
    return {"id": str(UUID(int=number)), "name": f"Service {number}", "status": "active"} | more


class Directory:
    """What a server answers: pages of a list, and each record in full."""

    def __init__(self, services, *, a_page=2):
        self.services, self.a_page, self.asked = services, a_page, []
        self.answer = self.usual

    def usual(self, path, query):
        if path.endswith("/services"):
            return self.page(int(query["page"][0]))
        [one] = [each for each in self.services if each["id"] == path.rsplit("/", 1)[1]]
        return one | {"service_at_locations": []}

    def page(self, number, **more):
        shown = self.services[(number - 1) * self.a_page : number * self.a_page]
        pages = -(-len(self.services) // self.a_page)
        heading = {"total_items": len(self.services), "total_pages": pages}
        return heading | {"last_page": number >= pages, "contents": shown} | more


@pytest.fixture
def serve():
    running = []

    def start(directory):
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                parts = urlsplit(self.path)
                directory.asked.append(self.path)
                said = directory.answer(parts.path, parse_qs(parts.query))
                status, content = said if isinstance(said, tuple) else (200, json.dumps(said))
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", content)
                self.end_headers()
                self.wfile.write(content if isinstance(content, bytes) else content.encode())

            def log_message(self, *_):
                pass

        server = HTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        running.append((server, thread))
        return f"http://127.0.0.1:{server.server_port}/v3"

    yield start
    for server, thread in running:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize("ending", ["", "/", "/services", "/services?page=3"])
def test_every_page_is_read_and_every_record_in_full(serve, ending):
    directory = Directory([service(number) for number in range(5)])
    feed = feeds.fetch(serve(directory) + ending)
    assert [one["name"] for one in feed.records] == [f"Service {number}" for number in range(5)]
    assert all("service_at_locations" in one for one in feed.records)
    assert feed.is_whole
    assert len(directory.asked) == 3 + 5


def test_what_is_withdrawn_or_told_whole_already_is_not_asked_for_again(serve):
    services = [service(1, status="inactive"), service(2, service_at_locations=[])]
    directory = Directory(services)
    assert len(feeds.fetch(serve(directory)).records) == 2
    assert len(directory.asked) == 1


def half_way(directory, answer):
    def stops(path, query):
        if path.endswith("/services") and query["page"] == ["2"]:
            return answer
        return directory.usual(path, query)

    directory.answer = stops
    return directory


STOPS = {
    "an error": (500, "{}"),
    "not there": (404, "{}"),
    "not JSON": (200, "<html>"),
    "half of it": (200, '{"contents": [{"id": "1'),
    "no contents": (200, "{}"),
    "a list": (200, "[]"),
    "an empty page that says more follow": (200, '{"contents": [], "total_pages": 3}'),
    "fewer than it says": (200, '{"contents": [], "total_items": 5, "last_page": true}'),
    "a file": (302, "file:///etc/hostname"),
    "deeper than anything": (200, "[" * 100_000),
}


@pytest.mark.parametrize("how", STOPS)
def test_a_feed_that_stops_half_way_is_refused(serve, how):
    directory = half_way(Directory([service(number) for number in range(5)]), STOPS[how])
    with pytest.raises(feeds.FeedStopped) as refused:
        feeds.fetch(serve(directory))
    assert "nothing was changed" in str(refused.value)


def test_a_feed_that_goes_round_is_refused(serve):
    directory = Directory([service(1), service(2)])
    directory.answer = lambda *_: directory.page(1, total_pages=10**9, last_page=False)
    with pytest.raises(feeds.FeedGoesRound):
        feeds.fetch(serve(directory))
    assert len(directory.asked) == 2


def test_a_feed_that_never_ends_is_refused(serve, monkeypatch):
    monkeypatch.setattr(feeds, "MOST_PAGES", 3)
    directory = Directory([service(number) for number in range(20)])
    with pytest.raises(feeds.FeedTooBig):
        feeds.fetch(serve(directory))


def test_a_feed_that_is_too_big_or_too_slow_is_refused(serve, monkeypatch):
    address = serve(Directory([service(1)]))
    monkeypatch.setattr(feeds, "MOST_BYTES_A_REPLY", 10)
    with pytest.raises(feeds.FeedTooBig):
        feeds.fetch(address)
    monkeypatch.setattr(feeds, "SECONDS_IN_ALL", -1)
    with pytest.raises(feeds.FeedStopped):
        feeds.fetch(address)


def test_a_server_that_is_not_there_is_said(serve):
    with pytest.raises(feeds.FeedStopped):
        feeds.fetch("http://127.0.0.1:1/v3")


@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "ftp://a.example/", "http://", "x://y"]
)
def test_only_the_web_is_asked(address):
    with pytest.raises(feeds.NotOnTheWeb):
        feeds.fetch(address)
