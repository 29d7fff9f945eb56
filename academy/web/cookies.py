"""The signed cookie of a browser's session."""

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from academy.web.signing import Signing


class SignedCookies(SecureCookieSessionInterface):
    """Flask's own, but its signer is made once and not for every page."""

    _signing: Signing | None = None

    def get_signing_serializer(self, app: Flask) -> Signing | None:
        """What signs and reads the cookies of this application."""
        if self._signing is None and app.secret_key:
            how = {"key_derivation": self.key_derivation, "digest_method": self.digest_method}
            self._signing = Signing(app.secret_key, salt=self.salt, serializer=self.serializer, signer_kwargs=how)
        return self._signing
