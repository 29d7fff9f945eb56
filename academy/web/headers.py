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
        "camera",
        "geolocation",
        "gyroscope",
        "microphone",
        "payment",
        "usb",
        "browsing-topics",
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
STRICT_TRANSPORT = "max-age=63072000; includeSubDomains"


def init_app(app: Flask, settings: Settings) -> None:
    """Put the headers on everything; pages are private unless their view said otherwise."""

    @app.after_request
    def dress(response: Response) -> Response:
        worn = {name for name, _ in response.headers}
        response.headers.extend([pair for pair in ALWAYS.items() if pair[0] not in worn])
        if settings.secure:
            response.headers.setdefault("Strict-Transport-Security", STRICT_TRANSPORT)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store" if request.method != "GET" else "private, no-store"
        if response.mimetype == "text/html":
            response.vary.update(("Cookie", "Accept-Language"))
        return response
