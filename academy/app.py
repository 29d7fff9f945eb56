"""The application factory: settings, database, errors, CSRF, headers, then each package in turn."""

from collections.abc import Callable, Iterable, MutableMapping
from pathlib import Path
from typing import Any, Protocol

from flask import Flask, Response
from flask.templating import Environment
from jinja2 import FileSystemBytecodeCache, StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from academy import audit, commands, db, i18n, jobs, languages, logs, mail, moments, notices, searching, site, system
from academy.people import setup as people
from academy.settings import Settings, from_environment
from academy.uploads import setup as uploads
from academy.web import (
    assets,
    compression,
    cookies,
    covers,
    error_pages,
    file_forms,
    headers,
    page_context,
    shared,
    tokens,
)

ROOT = Path(__file__).resolve().parents[1]
MEBIBYTE = 1024 * 1024


class Package(Protocol):
    """One of the stacked packages: it adds its features to the application."""

    def init_app(self, app: Flask) -> None:
        """Register blueprints, commands, navigation."""


class Pages(Environment):
    """Jinja's environment, without a chain of dicts around the globals: each import of macros would walk it."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals of a template: the site's own, unless it brings some."""
        return super().make_globals(d) if d else self.globals


class Academy(Flask):
    """Flask, with the end of the transaction as part of dispatching: a commit that fails is an ordinary error."""

    jinja_environment = Pages

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """No function of this site is asynchronous: none is looked at before every call."""
        return func

    def dispatch_request(self) -> Response:
        """Run the view, then commit what it wrote if it ended well."""
        response = self.make_response(super().dispatch_request())
        db.finish(response.status_code)
        return response


def build_app(settings: Settings | None = None, packages: Iterable[Package] = ()) -> Flask:
    """An application on these settings (the environment's by default) with these packages on top."""
    settings = settings or from_environment()
    app = Academy(
        "academy", root_path=str(ROOT / "academy"), template_folder=str(ROOT / "templates"), static_folder=None
    )
    _configure(app, settings)
    app.extensions["academy.settings"] = settings
    app.extensions["academy.database"] = db.open_database(settings.database_url)
    app.teardown_appcontext(lambda _error: db.abandon())
    commands.init_app(app)
    logs.init_app(app)
    i18n.init_app(app, settings.languages)
    moments.init_app(app)
    file_forms.init_app(app)
    tokens.init_app(app)
    error_pages.init_app(app)
    compression.init_app(app)
    headers.init_app(app, settings)
    assets.init_app(app, settings.instance / "assets")
    page_context.init_app(app, settings)
    covers.init_app(app)
    shared.init_app(app)
    with app.app_context():
        for package in (people, audit, jobs, uploads, mail, notices, system, languages, site, searching, *packages):
            package.init_app(app)
    tokens.check(app)  # after the packages: a page that refuses a form knows who sent it
    if settings.trusted_proxies:
        count = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=count, x_proto=count)  # type: ignore[method-assign]
    return app


def _configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=MEBIBYTE,
        MAX_FORM_MEMORY_SIZE=MEBIBYTE,
        MAX_FORM_PARTS=1000,
        SESSION_COOKIE_NAME="__Host-session" if settings.secure else "session",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,
        TRUSTED_HOSTS=_hosts(settings),
        WTF_CSRF_TIME_LIMIT=None,  # a token lives as long as the sign-in it is bound to
        WTF_CSRF_SSL_STRICT=False,  # some phones send no Referer; the token alone decides
    )
    app.session_interface = cookies.SignedCookies()
    app.jinja_options = {"cache_size": -1}  # every template stays: there are not many
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.bytecode_cache = _compiled(settings.instance / "templates")


def _compiled(folder: Path) -> FileSystemBytecodeCache:
    """Where templates are kept compiled: a new process need not do again what took half a second and 10 MiB."""
    folder.mkdir(parents=True, exist_ok=True)
    return FileSystemBytecodeCache(str(folder), "%s.compiled")


def _hosts(settings: Settings) -> list[str]:
    own = settings.host.rsplit(":", 1)[0]
    return [own] if settings.secure else [own, "127.0.0.1", "localhost", "[::1]"]


def settings_of(app: Flask) -> Settings:
    """The settings this application was built on."""
    settings = app.extensions["academy.settings"]
    if not isinstance(settings, Settings):
        raise TypeError("The application was not made by build_app.")
    return settings
