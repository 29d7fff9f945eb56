"""What the front matter of a course says about its certificates."""

import re

from courses.catalogue.earning import CertificateTerms
from courses.catalogue.reader.faults import sentence
from courses.catalogue.reader.keys import Keys

CERTIFICATE = ("title", "participation", "valid")
MONTHS = re.compile(r"(?P<months>[1-9][0-9]?|1[01][0-9]|120) months?")
NOT_MONTHS = sentence('key "%(key)s" must be a number of months as in 24 months, at most 120')


def terms(course: Keys) -> CertificateTerms | None:
    """The certificates of a course with these keys; None if it gives none."""
    keys = course.section("certificate", CERTIFICATE)
    if keys is None:
        return None
    valid = keys.phrase("valid", MONTHS, NOT_MONTHS)
    months = int(valid["months"]) if valid else 0
    return CertificateTerms(keys.text("title"), keys.flag("participation", default=False), months)
