"""What a fault of posting means, in a sentence for an admin."""

from collections.abc import Mapping

from academy.i18n import Text
from academy.i18n import lazy_gettext as _l

_UNREACHED = _l("The mail server cannot be reached. Look at its name and port in the settings.")
_CUT_SHORT = _l("The mail server said nothing or ended the conversation too early.")
_NOT_TLS = _l("The mail server did not speak TLS as expected. Look at the port, smtps:// and starttls in the settings.")
_USUAL = _l("The letter could not be handed over.")
SENTENCES: Mapping[str, Text] = {
    "SSLCertVerificationError": _l(
        "This machine does not trust the mail server's certificate, or it has another name."
    ),
    "SMTPAuthenticationError": _l("The mail server did not accept the user name or the password."),
    "SMTPNotSupportedError": _l("The mail server does not offer what the settings or this address need."),
    "SMTPRecipientsRefused": _l("The mail server does not take letters to this address."),
    "SMTPSenderRefused": _l("The mail server does not take letters from this site's address."),
    "SMTPDataError": _l("The mail server did not take what the letter says."),
    "SMTPServerDisconnected": _CUT_SHORT,
    "ConnectionResetError": _CUT_SHORT,
    "BrokenPipeError": _CUT_SHORT,
    "SSLError": _NOT_TLS,
    "SSLEOFError": _NOT_TLS,
    "SSLZeroReturnError": _NOT_TLS,
    "ConnectionRefusedError": _UNREACHED,
    "TimeoutError": _UNREACHED,
    "OSError": _UNREACHED,
    "gaierror": _UNREACHED,
}


def meaning(error: str) -> Text:
    """The sentence for what `transport.reason_of` said: a name, and perhaps a code."""
    return SENTENCES.get(error.partition(" ")[0], _USUAL)
