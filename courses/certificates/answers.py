"""What a check answers, in words and as data."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from academy import i18n, zones
from academy.current import the_settings
from academy.i18n import Text, ngettext
from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from courses.certificates import rules, wording
from courses.certificates.kinds import Given
from courses.certificates.lookup import Found
from courses.certificates.models import Certificate
from courses.certificates.validity import Status, last_day_of, status_of

VALID, EXPIRED, WITHDRAWN, UNKNOWN = Status.VALID, Status.EXPIRED, Status.WITHDRAWN, "unknown"
STATES: dict[str, Text] = {
    VALID: _l("Valid"),
    EXPIRED: _l("Expired"),
    WITHDRAWN: _l("Withdrawn"),
    UNKNOWN: _l("Unknown"),
}
PROMISES: dict[Given, Callable[..., str]] = {
    Given.SERVICE: lambda title: _("The holder served the academy: “%(title)s”.", title=title),
    Given.SIMULATION: lambda title: _("The holder took part in a simulation: “%(title)s”.", title=title),
    Given.EVENT: lambda title: _("The holder took part in an event: “%(title)s”.", title=title),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a page of a check says: `state` is one word, everything else finished sentences ('' or empty: nothing)."""

    state: str
    detail: str
    sentences: tuple[str, ...]
    checked: tuple[str, ...]
    anew: str


def answer(found: Found, now: datetime, *, name: str = "") -> Answer:
    """What whoever has the code is told; `name` is the holder's, if it may be seen."""
    certificate, state = found.certificate, status_of(found.certificate, now)
    details = {
        VALID: _("It was issued to %(name)s.", name=name) if name else "",
        EXPIRED: _("It was valid until %(day)s.", day=_last_day_of(certificate)),
        WITHDRAWN: wording.withdrawal(certificate),
    }
    return Answer(state, details[state], _sentences(found), _checked(certificate), _anew(found))


def _sentences(found: Found) -> tuple[str, ...]:
    certificate = found.certificate
    told = [_promise(certificate), wording.issue_sentence(certificate)]
    if certificate.kind == Given.COURSE:
        told[1:1] = [wording.tier_sentence(certificate), _edition(certificate)]
    if found.cohort_year is not None:
        told.append(wording.cohort_sentence(found.cohort_year))
    if certificate.expires_at is not None and certificate.valid:
        told.append(_("It counts until %(day)s.", day=_last_day_of(certificate)))
    return tuple(told)


def _promise(certificate: Certificate) -> str:
    if certificate.kind == Given.COURSE:
        return wording.promise(certificate)
    return PROMISES[Given(certificate.kind)](certificate.course_title)


def _edition(certificate: Certificate) -> str:
    return _("The course was studied in its edition %(number)s.", number=i18n.number(certificate.edition))


def _checked(certificate: Certificate) -> tuple[str, ...]:
    hours = certificate.hours
    effort = ngettext(
        "The course takes about %(num)s hour of study.", "The course takes about %(num)s hours of study.", hours
    )
    if certificate.kind != Given.COURSE:
        effort = ngettext("It stands for about %(num)s hour.", "It stands for about %(num)s hours.", hours)
    return (*((effort,) if hours else ()), *wording.checked(certificate))


def _anew(found: Found) -> str:
    if found.written_at is None:
        return ""
    day = i18n.long_date(zones.home_day(found.written_at))
    return _("The document was written anew on %(day)s under the same code. Papers from before are replaced.", day=day)


def issued_on(certificate: Certificate) -> str:
    """The day of issue, in words."""
    return i18n.long_date(zones.home_day(certificate.issued_at))


def until(certificate: Certificate) -> str:
    """Until when it counts, in words; '' if it has no end."""
    return _("Valid until %(day)s", day=_last_day_of(certificate)) if certificate.expires_at else ""


def last_day(certificate: Certificate) -> date | None:
    """The last day on which a certificate counts; None if it has no end."""
    if certificate.expires_at is None:
        return None
    return last_day_of(certificate.expires_at, zones.home())


def _last_day_of(certificate: Certificate) -> str:
    day = last_day(certificate)
    return i18n.long_date(day) if day else ""


def is_named(certificate: Certificate, typed: str) -> bool:
    """Whether a name that was typed is the one on the paper, in either script."""
    names = (certificate.holder_name, certificate.second_name)
    return any(rules.same_name(name, typed) for name in names if name)


def facts(found: Found, now: datetime) -> dict[str, object]:
    """What programs may know of a certificate; the keys are stable, moments are ISO 8601 in UTC."""
    certificate, state = found.certificate, status_of(found.certificate, now)
    optional = {
        "cohort_year": found.cohort_year,
        "expires_at": certificate.expires_at.isoformat() if certificate.expires_at else None,
        "written_anew_at": found.written_at.isoformat() if found.written_at else None,
        "name": certificate.shown_name or None,
        "withdrawn_at": certificate.withdrawn_at.isoformat() if certificate.withdrawn_at else None,
        "reason": certificate.withdraw_class or None,
    }
    return {
        "code": certificate.code,
        "url": wording.address(certificate),
        "status": state,
        "issuer": the_settings().name,
        "kind": certificate.kind,
        "course": {"slug": certificate.course_slug, "title": certificate.course_title, "edition": certificate.edition},
        "tier": certificate.tier,
        "hours": certificate.hours,
        "checked": certificate.how_checked,
        "issued_at": certificate.issued_at.isoformat(),
        "version": certificate.version,
        **{name: value for name, value in optional.items() if value is not None},
    }
