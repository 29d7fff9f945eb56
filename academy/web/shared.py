"""Parts of pages that are the same for everybody who reads the language: drawn once for each version of what they show.

A template marks such a part with `{% call shared('name', version, …) %} … {% endcall %}`. All that the part depends on,
beside the language of the page, stands in the brackets; nothing of whoever asks may stand between the tags.
What costs something to find out is handed to the template as a function, and called between the tags.
"""

from collections.abc import Callable, Hashable, Iterable

from flask import Flask, current_app
from markupsafe import Markup

from academy.i18n import current_code
from academy.kept import keep as keep_in

MOST_KEPT = 600


def init_app(app: Flask) -> None:
    """Let templates mark what they share."""
    app.extensions["academy.shared"] = {}
    app.jinja_env.globals["shared"] = shared
    app.jinja_env.globals["shared_each"] = shared_each


def shared(*key: Hashable, caller: Callable[[], Markup], keep: bool = True) -> Markup:
    """The part of this name and version, drawn by `caller` the first time; not kept where words of askers count."""
    if not keep:
        return caller()
    kept: dict[tuple[Hashable, ...], Markup] = current_app.extensions["academy.shared"]
    name = (current_code(), *key, *map(type, key))  # equal is not the same: True is not 1, safe text is not raw text
    found = kept.get(name)
    if found is None:
        found = keep_in(kept, name, caller(), MOST_KEPT)
    return found


def shared_each(name: str, things: Iterable[Hashable], *key: Hashable, caller: Callable[[Hashable], Markup]) -> Markup:
    """The parts of a list one after another, each as `shared` would keep it; `caller` draws the one it is given."""
    kept: dict[tuple[Hashable, ...], Markup] = current_app.extensions["academy.shared"]
    code, kinds, parts = current_code(), tuple(map(type, key)), []
    for thing in things:
        whole = (code, name, thing, *key, type(thing), *kinds)
        found = kept.get(whole)
        parts.append(keep_in(kept, whole, caller(thing), MOST_KEPT) if found is None else found)
    return Markup("").join(parts)
