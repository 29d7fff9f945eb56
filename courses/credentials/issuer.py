"""The site as documents name it."""

from dataclasses import dataclass

from academy.current import the_settings
from courses.credentials.addresses import did_of


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who signs: a public address and a name."""

    public_url: str
    name: str

    @property
    def did(self) -> str:
        """The identifier that the address gives."""
        return did_of(self.public_url)


def the_issuer() -> Issuer:
    """The site at hand."""
    return Issuer(the_settings().public_url, the_settings().name)
