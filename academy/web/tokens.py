"""The token that a form carries back: Flask-WTF's own, signed by our own signer."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from flask import Flask, current_app, g, session
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf

from academy.web.signing import Signing

FIELD = "csrf_token"
SALT = "wtf-csrf-token"  # Flask-WTF's: it is what checks the token
P = ParamSpec("P")
R = TypeVar("R")


def init_app(app: Flask) -> None:
    """Give templates the token."""
    app.extensions["academy.tokens"] = Signing(str(app.secret_key), salt=SALT)
    app.jinja_env.globals[FIELD] = csrf_token


def of_its_own(view: Callable[P, R]) -> Callable[P, R]:
    """A view that programs post to without a page of ours before it: its address carries a signed token."""
    view.academy_own_token = True  # type: ignore[attr-defined]
    return view


def check(app: Flask) -> None:
    """Refuse every form without a token, except where the address is one."""
    protect = CSRFProtect(app)
    for view in app.view_functions.values():
        if getattr(view, "academy_own_token", False):
            protect.exempt(view)


def csrf_token() -> str:
    """The token of the page at hand, signed once; Flask-WTF makes the session's secret for whoever has none yet."""
    if FIELD not in g:
        kept, signer = session.get(FIELD), current_app.extensions["academy.tokens"]
        setattr(g, FIELD, signer.dumps(kept) if kept else generate_csrf())
    return str(g.get(FIELD))
