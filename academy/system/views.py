"""What machines ask: is it up, is it ready, its figures, and the small files every site has."""

from datetime import timedelta

from flask import Blueprint, Response, current_app
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from academy import clock, db, i18n
from academy.current import the_settings
from academy.errors import NotFound
from academy.i18n import gettext as _
from academy.people.guards import public
from academy.system import metrics, revisions
from academy.web.assets import Assets

bp = Blueprint("system", __name__)
HOUR = "public, max-age=3600"
PRIVATE = (
    "/account/",
    "/admin/",
    "/alumni/",
    "/c/",
    "/calendar/",
    "/messages/",
    "/my/",
    "/notices/",
    "/search",
    "/teach/",
)
ICONS = (("images/icon.svg", "any"), ("images/icon-192.png", "192x192"), ("images/icon-512.png", "512x512"))


@bp.get("/healthz")
@public
def alive() -> ResponseReturnValue:
    """Say that this process answers; nothing else is looked at."""
    return _plain("up")


@bp.get("/readyz")
@public
def ready() -> ResponseReturnValue:
    """Say whether the site can serve: the database answers and has the tables of this code."""
    try:
        found = revisions.revision_in(db.session)
    except SQLAlchemyError:
        return _plain("The database does not answer.", 503)
    if found != revisions.head():
        return _plain("The tables are not those of this version; run: flask db upgrade", 503)
    return _plain("ready")


@bp.get("/metrics")
@public
def figures() -> ResponseReturnValue:
    """Figures for Prometheus; to everybody else this page does not exist."""
    if not metrics.may_see(the_settings()):
        raise NotFound
    return Response(metrics.figures(), mimetype="text/plain")


@bp.get("/.well-known/security.txt")
@public
def security() -> ResponseReturnValue:
    """Say how to report a weakness (RFC 9116)."""
    settings = the_settings()
    lines = (
        f"Contact: {settings.public_url}/help",
        f"Expires: {(clock.now() + timedelta(days=180)):%Y-%m-%dT00:00:00Z}",
        f"Preferred-Languages: {', '.join(settings.languages)}",
        f"Canonical: {settings.public_url}/.well-known/security.txt",
    )
    return _small("\n".join(lines) + "\n")


@bp.get("/robots.txt")
@public
def robots() -> ResponseReturnValue:
    """Keep search engines to what is meant for everybody."""
    refused = [f"Disallow: {path}" for path in PRIVATE]
    return _small("\n".join(("User-agent: *", *refused, f"Sitemap: {the_settings().public_url}/sitemap.xml")) + "\n")


@bp.get("/manifest.webmanifest")
@public
def manifest() -> ResponseReturnValue:
    """Describe the site to phones that keep it on their first screen."""
    language = i18n.current_language()
    response = current_app.json.response(
        name=the_settings().name,
        short_name=the_settings().name[:12],
        description=_("Preventive diplomacy academy"),
        lang=language.code,
        dir=language.direction,
        id="/",
        start_url="/",
        scope="/",
        display="standalone",
        background_color="#10264d",
        theme_color="#10264d",
        icons=_icons(),
    )
    response.mimetype = "application/manifest+json"
    response.headers["Cache-Control"] = HOUR
    response.vary.update(("Cookie", "Accept-Language"))
    return response


def _icons() -> list[dict[str, str]]:
    assets = current_app.extensions["academy.assets"]
    urls = assets.urls if isinstance(assets, Assets) else {}
    return [
        {"src": urls[name], "sizes": sizes, "type": "image/svg+xml" if name.endswith("svg") else "image/png"}
        for name, sizes in ICONS
        if name in urls
    ]


def _small(text: str) -> Response:
    response = Response(text, mimetype="text/plain")
    response.headers["Cache-Control"] = HOUR
    return response


def _plain(text: str, status: int = 200) -> Response:
    response = Response(f"{text}\n", status, mimetype="text/plain")
    if status != 200:  # noqa: PLR2004  200 OK
        response.headers["Retry-After"] = "5"
    return response
