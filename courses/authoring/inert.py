"""A learner's page as a preview: links lead to other previews or to new tabs, forms and buttons do nothing. Pure."""

import html
import re
from collections.abc import Callable, Mapping

LINK = re.compile(r'<a ([^>]*?)href="([^"]*)"')
FORM = re.compile(r'(<form\b[^>]*?) (?:action|data-draft|data-autosave)="[^"]*"')
BUTTON = re.compile(r'(<button\b[^>]*?)type="submit"')
ELSEWHERE = re.compile(r'(<button\b[^>]*?) formaction="[^"]*"')
HEADER = '<header class="bar">'
Address = Callable[[str], str]


def inert(page: str, targets: Mapping[str, str], home: str) -> str:
    """The page with nothing on it that acts.

    `targets` gives the preview for each address of the course on the site; what else is under `home`, the course's
    address, has no preview and leads nowhere.
    """

    def link(found: re.Match[str]) -> str:
        address, sharp, place = html.unescape(found[2]).partition("#")
        target = _target(address, f"{sharp}{place}", targets, home)
        return f'<a {found[1]}href="{html.escape(target)}"{_opened(target, targets)}'

    page = LINK.sub(link, page)
    for pattern in (FORM, FORM, FORM, ELSEWHERE):
        page = pattern.sub(r"\1", page)
    return BUTTON.sub(r'\1type="button"', page)


def _target(address: str, place: str, targets: Mapping[str, str], home: str) -> str:
    if address in targets:
        return targets[address] + place
    return "#main" if address.startswith(home) else address + place


def _opened(target: str, targets: Mapping[str, str]) -> str:
    here = target.startswith("#") or target.partition("#")[0] in targets.values()
    return "" if here else ' target="_blank"'


def with_ribbon(page: str, ribbon: str) -> str:
    """The page with something above its bar."""
    return page.replace(HEADER, f"{ribbon}{HEADER}", 1)
