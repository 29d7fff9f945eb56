"""A link by which holders add a certificate to their profile elsewhere: followed by them alone, loaded by no page."""

from urllib.parse import urlencode

from academy import zones
from academy.current import the_settings
from courses.certificates import answers, wording
from courses.certificates.models import Certificate

LINKEDIN = "https://www.linkedin.com/profile/add"


def profile_link(certificate: Certificate) -> str:
    """The form of the network for certificates, filled in."""
    issued, ends = zones.home_day(certificate.issued_at), answers.last_day(certificate)
    told: dict[str, str | int] = {
        "startTask": "CERTIFICATION_NAME",
        "name": certificate.course_title,
        "organizationName": the_settings().name,
        "issueYear": issued.year,
        "issueMonth": issued.month,
        "certUrl": wording.address(certificate),
        "certId": certificate.code,
    }
    if ends is not None:
        told |= {"expirationYear": ends.year, "expirationMonth": ends.month}
    return f"{LINKEDIN}?{urlencode(told)}"
