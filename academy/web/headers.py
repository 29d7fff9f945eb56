"""The headers every response wears (policy in docs/security.md)."""

from flask import Flask, Response, request

from academy.settings import Settings

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
    "object-src 'none'"
)
PERMISSIONS = ", ".join(
    f"{power}=()"
    for power in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "hid",
        "idle-detection",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "screen-wake-lock",
        "serial",
        "usb",
        "xr-spatial-tracking",
    )
)
ALWAYS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS,
}
STRICT = {"Strict-Transport-Security": "max-age=63072000; includeSubDomains"}
PAGES_VARY = ("Cookie", "Accept-Language")


def policy(**changed: str) -> str:
    """The policy with some directives changed or added, each by its name with underscores."""
    directives = dict(each.split(" ", 1) for each in POLICY.split("; "))
    directives |= {name.replace("_", "-"): value for name, value in changed.items()}
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def init_app(app: Flask, settings: Settings) -> None:
    """Put the headers on everything; pages are private unless their view said otherwise."""
    always = tuple((ALWAYS | STRICT if settings.secure else ALWAYS).items())

    @app.after_request
    def dress(response: Response) -> Response:
        worn = {name for name, _ in response.headers}
        fresh = [pair for pair in always if pair[0] not in worn]
        if "Cache-Control" not in worn:
            fresh.append(("Cache-Control", "no-store" if request.method != "GET" else "private, no-store"))
        if response.mimetype == "text/html":
            if "Vary" in worn:
                response.vary.update(PAGES_VARY)
            else:
                fresh.append(("Vary", ", ".join(PAGES_VARY)))
        response.headers.extend(fresh)
        return response
