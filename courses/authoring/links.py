"""Give files of a course other names, and lead every link that led to or from them anew. Pure."""

import posixpath
import re
from collections.abc import Mapping
from urllib.parse import quote

from courses.catalogue.reader.bodies import REFERENCE, TARGET, masked, resolve


def renamed(files: Mapping[str, bytes], names: Mapping[str, str]) -> dict[str, bytes | None]:
    """What has to change so that each old path of `names` becomes the new one and no link breaks."""
    changes: dict[str, bytes | None] = {}
    for path, content in files.items():
        new_path = names.get(path, path)
        new_content = _led_anew(path, new_path, content, files, names) if path.endswith(".md") else content
        if new_path != path:
            changes.setdefault(path, None)
        if new_path != path or new_content != content:
            changes[new_path] = new_content
    return changes


def _led_anew(path: str, new_path: str, content: bytes, files: Mapping[str, bytes], names: Mapping[str, str]) -> bytes:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return content
    hidden = masked(text)
    found = sorted(
        (match for pattern in (TARGET, REFERENCE) for match in pattern.finditer(hidden)),
        key=lambda match: match.start(1),
        reverse=True,
    )
    for match in found:
        target = _target(match, path, new_path, files, names)
        text = text[: match.start(1)] + target + text[match.end(1) :]
    return text.encode()


def _target(
    match: re.Match[str], path: str, new_path: str, files: Mapping[str, bytes], names: Mapping[str, str]
) -> str:
    target = match[1]
    leads_to = resolve(path, target)
    if target.startswith(("#", "/")) or leads_to not in files:
        return target
    wanted = names.get(leads_to, leads_to)
    if resolve(new_path, target) == wanted:
        return target
    rest = target[len(target.partition("#")[0].partition("?")[0]) :]
    return quote(posixpath.relpath(wanted, posixpath.dirname(new_path) or "."), safe="/-._~") + rest
