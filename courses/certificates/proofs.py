"""What the signed credentials say of certificates: the facts of each, and of what it was given for."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from academy import i18n
from academy.i18n import ngettext
from academy.mail.writing import speaking
from courses.catalogue import library
from courses.catalogue.library import LiveCourse
from courses.catalogue.words import completion_words, topic_name
from courses.certificates.kinds import Given
from courses.certificates.models import Certificate
from courses.credentials.facts import AchievementFacts, CredentialFacts, Source
from courses.credentials.models import Credential
from courses.progress.rules import Tier

KINDS = {
    Given.SERVICE: "CommunityService",
    Given.SIMULATION: "Assessment",
    Given.EVENT: "CoCurricular",
}
COMPLETION, PARTICIPATION = "CertificateOfCompletion", "Course"
Edition = tuple[str, int]
Texts = Mapping[str, Mapping[str, str]]


def facts_of(session: Session, codes: Collection[str]) -> Mapping[str, CredentialFacts]:
    """The facts of these certificates by code; those whose holder was erased are left out."""
    wanted = select(Certificate).where(Certificate.code.in_(codes), Certificate.holder_name != "")
    found = session.scalars(wanted).all()
    courses = _courses(session, {(each.course_slug, each.edition) for each in found if each.course_slug})
    known = (each for each in found if not each.course_slug or (each.course_slug, each.edition) in courses)
    return {each.code: _facts(each, courses) for each in known}


def _courses(session: Session, editions: Collection[Edition]) -> dict[Edition, LiveCourse]:
    found = {each: library.edition(session, *each) for each in editions}
    return {each: live for each, live in found.items() if live is not None}


def _facts(certificate: Certificate, courses: Mapping[Edition, LiveCourse]) -> CredentialFacts:
    return CredentialFacts(
        code=certificate.code,
        holder_name=certificate.holder_name,
        other_name=certificate.second_name,
        achievement=_achievement(certificate, courses),
        issued_at=certificate.issued_at,
        language=certificate.language,
        version=certificate.version,
        course_slug=certificate.course_slug or "",
        edition=certificate.edition,
        tier=certificate.tier,
        hours=certificate.hours,
        expires_at=certificate.expires_at,
    )


def _achievement(certificate: Certificate, courses: Mapping[Edition, LiveCourse]) -> AchievementFacts:
    language = certificate.language
    if not certificate.course_slug:
        return _of_texts(certificate.kind, certificate.template_id or 0, certificate.texts, language)
    return _of_course(courses[certificate.course_slug, certificate.edition], Tier(certificate.tier), language)


def _of_course(live: LiveCourse, tier: Tier, language: str) -> AchievementFacts:
    text = live.course.text(*i18n.reading_order(language))
    with speaking(text.language):
        effort = ngettext("The whole effort is %(num)s hour.", "The whole effort is %(num)s hours.", live.course.hours)
        asked = completion_words(live.course, assessed=tier is Tier.COMPLETION)
        return AchievementFacts(
            id=f"{live.slug}.{live.edition_number}.{tier}",
            title=text.title,
            description=text.summary,
            criteria=" ".join([*asked, effort]),
            language=text.language,
            kind=COMPLETION if tier is Tier.COMPLETION else PARTICIPATION,
            version=str(live.edition_number),
            tags=tuple(topic_name(topic) for topic in live.course.topics),
        )


def _of_texts(kind: str, template_id: int, texts: Texts, language: str) -> AchievementFacts:
    order = [code for code in i18n.reading_order(language) if code in texts]
    spoken = order[0] if order else next(iter(texts), language)
    words = texts.get(spoken, {})
    return AchievementFacts(
        id=f"{kind}.{template_id}.{_wording(texts)}",
        title=words.get("title", ""),
        description=words.get("text", ""),
        criteria=words.get("text", ""),
        language=spoken,
        kind=KINDS[Given(kind)],
    )


def _wording(texts: Texts) -> str:
    """What tells one wording of a template from another: what was given keeps what it said."""
    told = json.dumps(texts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def lacking(session: Session, most: int) -> Sequence[str]:
    """The codes of standing certificates without a credential, at most so many: those issued before there were any."""
    bare = select(Certificate.code).outerjoin(Credential, Credential.code == Certificate.code)
    standing = bare.where(Credential.id.is_(None), Certificate.withdrawn_at.is_(None), Certificate.holder_name != "")
    return session.scalars(standing.order_by(Certificate.id).limit(most)).all()


def achievement(session: Session, name: str, languages: Sequence[str]) -> AchievementFacts | None:
    """What such an id stands for, if a certificate of it was ever given: others are nobody's business."""
    parts = name.split(".")
    if not all(part.isascii() for part in parts):
        return None
    match parts:
        case [slug, number, tier] if number.isdecimal() and tier in set(Tier):
            return _given_course(session, slug, int(number), Tier(tier), languages)
        case [kind, number, told] if number.isdecimal() and kind in KINDS:
            return _given_template(session, kind, int(number), told, languages)
    return None


def _given_course(
    session: Session, slug: str, number: int, tier: Tier, languages: Sequence[str]
) -> AchievementFacts | None:
    same = (Certificate.course_slug == slug, Certificate.edition == number, Certificate.tier == tier)
    live = library.edition(session, slug, number) if _any(session, *same) else None
    return _of_course(live, tier, languages[0]) if live else None


def _given_template(
    session: Session, kind: str, number: int, told: str, languages: Sequence[str]
) -> AchievementFacts | None:
    given = select(Certificate.texts).where(Certificate.template_id == number, Certificate.kind == kind)
    said = (texts for texts in session.scalars(given.order_by(Certificate.id.desc())) if _wording(texts) == told)
    texts = next(said, None)
    return None if texts is None else _of_texts(kind, number, texts, languages[0])


def _any(session: Session, *conditions: ColumnElement[bool]) -> bool:
    return bool(session.scalar(select(exists().where(*conditions))))


SOURCE = Source(facts_of, lacking, achievement)
