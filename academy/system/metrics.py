"""Figures for Prometheus: how many requests of which route, how they ended, how long they took."""

import hmac
import os
import time
from functools import cache

from flask import Flask, Response, g, request
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest, multiprocess

from academy import logs
from academy.settings import Settings

ANSWERED = Counter("academy_requests", "Requests answered", ("method", "route", "status"))
SECONDS = Histogram(
    "academy_request_seconds", "Time to answer", ("route",), buckets=(0.005, 0.02, 0.05, 0.1, 0.5, 2, 10)
)
LOOPBACK = frozenset({"127.0.0.1", "::1"})
FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via")


def init_app(app: Flask) -> None:
    """Count every request."""

    @app.after_request
    def count(response: Response) -> Response:
        began = g.get("began")
        if began is not None:
            answered, seconds = _series(request.method, logs.route(), response.status_code)
            answered.inc()
            seconds.observe(time.perf_counter() - began)
        return response


@cache
def _series(method: str, route: str, status: int) -> tuple[Counter, Histogram]:
    # As many as there are routes and ways to answer: none is asked for by name twice.
    return ANSWERED.labels(method, route, str(status)), SECONDS.labels(route)


def figures() -> bytes:
    """All figures of all processes, in Prometheus' text format."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    everyone = CollectorRegistry()
    multiprocess.MultiProcessCollector(everyone)  # type: ignore[no-untyped-call]
    return generate_latest(everyone)


def may_see(settings: Settings) -> bool:
    """Whether the asker sits on this machine or brought the token of the settings."""
    token = request.authorization.token if request.authorization else None
    if settings.metrics_token and token:
        return hmac.compare_digest(token.encode(), settings.metrics_token.encode())
    # Behind a proxy that is not declared every asker seems to be local: what was forwarded never is.
    forwarded = any(name in request.headers for name in FORWARDED)
    return request.remote_addr in LOOPBACK and not forwarded
