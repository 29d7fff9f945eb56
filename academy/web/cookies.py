"""The signed cookie of a browser's session."""

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer


class SignedCookies(SecureCookieSessionInterface):
    """Flask's own, but its signer is made once and not for every page."""

    _signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """What signs and reads the cookies of this application."""
        if self._signer is None:
            self._signer = super().get_signing_serializer(app)
        return self._signer
