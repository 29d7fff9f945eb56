"""Logs: a JSON object a line on standard error. Never an e-mail address, a name, an IP, a token, anybody's words."""

import json
import logging
import re
import secrets
import time
import traceback
from datetime import UTC, datetime
from typing import Any

from flask import Flask, Response, g, request

requests = logging.getLogger("academy.requests")
HEADER = "X-Request-Id"
UNKNOWN_ROUTE = "(no such page)"
BROKEN_REQUEST = re.compile(r"(Error handling request|Invalid request) .*", re.DOTALL)


class JsonLines(logging.Formatter):
    """One record as one line of JSON. Of an exception only its kind and place are kept: its words may quote data."""

    def format(self, record: logging.LogRecord) -> str:
        """The line for a record; `extra={"facts": {...}}` adds fields."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            line["fault"] = fault(record.exc_info[1])
        return json.dumps(line, ensure_ascii=True)


def _message(record: logging.LogRecord) -> str:
    # gunicorn writes the address asked for, or the asker's IP, into what it says of broken requests.
    message = record.getMessage()
    return BROKEN_REQUEST.sub(r"\1", message) if record.name.startswith("gunicorn") else message


def fault(error: BaseException | None) -> list[str]:
    """The kinds of the chain of exceptions and where they came from, newest first."""
    lines = []
    while error is not None:
        lines.append(type(error).__qualname__)
        frames = traceback.extract_tb(error.__traceback__)
        lines.extend(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))
        error = error.__cause__ or error.__context__
    return lines


class WithRequest(logging.Filter):
    """Puts the id of the request at hand on what is logged while it is answered."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add the id; let every record through."""
        if g and "request_id" in g:
            record.facts = {"request": g.request_id, **getattr(record, "facts", {})}
        return True


CONFIGURATION: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "academy.logs.JsonLines"}},
    "filters": {"request": {"()": "academy.logs.WithRequest"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "stream": "ext://sys.stderr",
            "formatter": "json",
            "filters": ["request"],
        }
    },
    "root": {"level": "WARNING", "handlers": ["stderr"]},
    "loggers": {
        "academy": {"level": "INFO"},
        "gunicorn.error": {"level": "INFO", "propagate": True, "handlers": []},
        "gunicorn.access": {"level": "CRITICAL", "propagate": False, "handlers": []},
    },
}


def init_app(app: Flask) -> None:
    """Name every request and note how it was answered: by its route's pattern, never by its address."""

    @app.before_request
    def begin() -> None:
        g.request_id = secrets.token_hex(8)
        g.began = time.perf_counter()

    @app.after_request
    def end(response: Response) -> Response:
        name = g.get("request_id")
        if name:
            response.headers[HEADER] = name
            if requests.isEnabledFor(logging.INFO):
                requests.info("answered", extra={"facts": _facts(response)})
        return response


def _facts(response: Response) -> dict[str, object]:
    return {
        "request": g.request_id,
        "method": request.method,
        "route": route(),
        "status": response.status_code,
        "ms": round((time.perf_counter() - g.began) * 1000, 1),
    }


def route() -> str:
    """The pattern of the address at hand, without what stands in its places."""
    rule = request.url_rule
    return rule.rule if rule else UNKNOWN_ROUTE
