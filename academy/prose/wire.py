"""The words that parent and child exchange: one line of JSON for a text, one for its rendering."""

import json
from dataclasses import asdict
from typing import Any

from markupsafe import Markup

from academy.prose.texts import Heading, Labels, Picture, RenderedText, Source, Term

READY = b"ready\n"
GAVE_UP = b"null\n"


def pack(value: Source | RenderedText) -> bytes:
    """Write a text or a rendering as one line."""
    return json.dumps(asdict(value), ensure_ascii=True).encode() + b"\n"


def unpack_source(line: bytes) -> Source:
    """Read what `pack` made of a text."""
    data: dict[str, Any] = json.loads(line)
    data["pictures"] = {target: Picture(**picture) for target, picture in data["pictures"].items()}
    data["labels"] = Labels(**data["labels"])
    data["heading_ids"] = tuple(data["heading_ids"])
    data["borrowed"] = tuple(data["borrowed"])
    return Source(**data)


def unpack_rendered(line: bytes) -> RenderedText | None:
    """Read what `pack` made of a rendering; None if the child gave up."""
    data: dict[str, Any] | None = json.loads(line)
    if data is None:
        return None
    return RenderedText(
        html=Markup(data["html"]),  # noqa: S704 - the child's last step was the sanitiser
        headings=tuple(Heading(**heading) for heading in data["headings"]),
        terms=tuple(Term(**term) for term in data["terms"]),
        words=data["words"],
        links=tuple(data["links"]),
        images=tuple(data["images"]),
    )
