"""Files in an S3 store: a small server that speaks as much of S3 as the store asks for."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask

from academy import storage
from academy.uploads.refusals import StorageFailed

KEPT: dict[str, bytes] = {}
WHEN = datetime(2026, 1, 6, 9, 0, tzinfo=UTC)


class Bucket(BaseHTTPRequestHandler):
    """PUT, GET, HEAD, a list, and taking away a list."""

    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        """Keep it."""
        KEPT[self.path] = self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(200)

    def do_GET(self) -> None:
        """Give it, or the list of all."""
        if "list-type" in self.path:
            prefix = parse_qs(urlsplit(self.path).query).get("prefix", [""])[0]
            rows = "".join(_row(path) for path in KEPT if path.startswith(f"/bucket/{prefix}"))
            self._answer(200, f"<ListBucketResult><IsTruncated>false</IsTruncated>{rows}</ListBucketResult>".encode())
        elif self.path in KEPT:
            self._answer(200, KEPT[self.path])
        else:
            self._answer(404)

    def do_HEAD(self) -> None:
        """Say whether it is there."""
        self.do_GET()

    def do_POST(self) -> None:
        """Forget a list of them."""
        asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
        for name in re.findall("<Key>([^<]+)</Key>", asked):
            KEPT.pop(f"/bucket/{name}", None)
        gone = "".join(f"<Deleted><Key>{name}</Key></Deleted>" for name in re.findall("<Key>([^<]+)</Key>", asked))
        self._answer(200, f"<DeleteResult>{gone}</DeleteResult>".encode())

    def _answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("ETag", '"one"')
        self.send_header("Last-Modified", "Tue, 06 Jan 2026 09:00:00 GMT")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


def _row(path: str) -> str:
    name, size = path.removeprefix("/bucket/"), len(KEPT[path])
    return (
        f"<Contents><Key>{name}</Key><LastModified>2026-01-06T09:00:00.000Z</LastModified>"
        f"<ETag>one</ETag><Size>{size}</Size></Contents>"
    )


@pytest.fixture
def bucket(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[ThreadingHTTPServer]:
    """The site keeps its files in a bucket."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bucket)
    Thread(target=server.serve_forever, daemon=True).start()
    for name, value in (
        ("AWS_ENDPOINT", f"http://127.0.0.1:{server.server_port}"),
        ("AWS_ALLOW_HTTP", "true"),
        ("AWS_ACCESS_KEY_ID", "somebody"),
        ("AWS_SECRET_ACCESS_KEY", "a secret of the tests"),
        ("AWS_REGION", "eu-central-1"),
    ):
        monkeypatch.setenv(name, value)
    settings = app.extensions["academy.settings"]
    object.__setattr__(settings, "storage_url", f"s3://bucket/path-{server.server_port}")
    yield server
    object.__setattr__(settings, "storage_url", "")
    server.shutdown()
    server.server_close()
    KEPT.clear()


def test_bytes_come_back_from_the_bucket_and_go(app: Flask, bucket: ThreadingHTTPServer) -> None:
    place = f"7/{'a' * 64}"
    with app.app_context():
        storage.put(place, b"a map")
        assert b"".join(storage.read(place)) == b"a map"
        assert list(storage.listed("7/")) == [(place, WHEN)]
        assert storage.kept_at(place) == WHEN
        assert [path.endswith(place) for path in KEPT] == [True]
        storage.delete([place, "7/never-there"])
        assert storage.kept_at(place) is None
        assert storage.delete_unfinished(WHEN) == 0
    assert KEPT == {}
    assert bucket.server_port


def test_a_bucket_that_is_away_is_said_and_nothing_is_kept(app: Flask, bucket: ThreadingHTTPServer) -> None:
    bucket.shutdown()
    bucket.server_close()
    with app.app_context(), pytest.raises(StorageFailed, match="Nothing was stored"):
        storage.put(f"7/{'b' * 64}", b"a map")
