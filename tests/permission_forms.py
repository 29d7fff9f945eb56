"""What is typed into the forms of the table of permissions, so that each would work for whoever may send it."""

from collections.abc import Mapping

from tests import world
from tests.courses import course_files

NEW_PHRASE = "seven brisk herons downhill"
NAMES = {"display_name": "Somebody Else", "legal_name": "Somebody Else"}
COHORT = {"name": "Autumn", "year": "2026", "starts_on": "2026-03-01", "ends_on": "2026-12-01"}
TEXT = {"text": "A map of my own."}
MESSAGE = {"message": "What about the gate?"}
FORMS: Mapping[str, Mapping[str, str]] = {
    "/account/": {"language": "ru", "theme": "", "time_zone": "UTC"},
    "/account/email": {"email": "new@example.org"},
    "/account/erase": {"sure": "y"},
    "/account/forgotten": {"email": world.ADDRESS},
    "/account/name": NAMES,
    "/account/password": {"current": world.PHRASE, "password": NEW_PHRASE},
    "/account/prove": {"password": world.PHRASE},
    "/account/register": {"display_name": "New", "email": "new@example.org", "password": NEW_PHRASE},
    "/account/reset/<token>": {"password": NEW_PHRASE},
    "/account/second-factor": {"code": "000000"},
    "/account/sign-in": {"email": world.ADDRESS, "password": world.PHRASE},
    "/account/sign-in/code": {"code": "000000"},
    "/admin/certificates/<code>/withdraw": {"reason": "error"},
    "/admin/certificates/exceptions/<slug>/<member_id>": {"reason": "She was ill."},
    "/admin/certificates/issue": {"members": "lena"},
    "/admin/cohorts/<cohort_id>/change": COHORT,
    "/admin/cohorts/<cohort_id>/people/add": {"addresses": "max@example.org"},
    "/admin/cohorts/new": {"course": world.COURSE, **COHORT},
    "/admin/courses/<slug>/codes": {"seats": "3", "cohort": ""},
    "/admin/courses/<slug>/status": {"status": "closed"},
    "/admin/people/<member_id>/roles": {"role": "trainer", "scope": ""},
    "/admin/people/<member_id>/roles/take": {"role": "trainer", "scope": f"course:{world.COURSE}"},
    "/admin/requests/<request_id>": {"decision": "admit"},
    "/c/<code>": {"name": "Somebody"},
    "/courses/<slug>/<module>/<lesson>/hand-in": TEXT,
    "/courses/<slug>/<module>/<lesson>/messages": MESSAGE,
    "/courses/<slug>/<module>/<lesson>/reviews/<number>": {"points_0": "4", "points_1": "6", "comment": "Well drawn."},
    "/courses/<slug>/<module>/<lesson>/reviews/<number>/helpful": {"helpful": "3"},
    "/courses/<slug>/<module>/<lesson>/save": TEXT,
    "/courses/<slug>/enrol": {"motive": world.MOTIVE, "code": "the-code"},
    "/my/certificates": {"legal_name": "Somebody Else"},
    "/my/certificates/<code>/name": {"shown": "yes"},
    "/guest/<token>": {"name": "A guest", "text": "Is the canal lined?"},
    "/teach/<slug>/comments": {"path": "01-water/01-canal.md", "line": "6", "text": "Which gate?"},
    "/teach/<slug>/comments/<number>/settle": {"settled": "yes"},
    "/teach/<slug>/guests": {"guest": "Sanam", "lesson": "water/canal", "source": "draft", "days": "14"},
    "/teach/<slug>/publish": {"digest": "draft-digest", "base": "1"},
    "/teach/<slug>/reviews/": {"reviewer": "tariq"},
    "/teach/<slug>/reviews/<number>": {"digest": "draft-digest", "verdict": "changes", "answer": "A map is missing."},
    "/teach/<slug>/reviews/rule": {"required": "y"},
    "/teach/<slug>/draft/<path>": {"base": "", "text": course_files.LESSON},
    "/teach/marking/answers/<number>": {"percent": "80", "version": "0"},
    "/teach/marking/comments/<slug>": {"text": "Say who decides."},
    "/teach/marking/reviews/<number>/quality": {"quality": "good"},
    "/teach/marking/tasks/<number>/messages": MESSAGE,
    "/teach/marking/tasks/<number>": {"points_0": "4", "points_1": "6", "version": "0"},
    "/teach/<slug>/draft/add/lesson": {"title": "Ask first", "slug": "ask-first", "kind": "quiz", "module": "01-water"},
    "/teach/<slug>/draft/add/module": {"title": "Talking", "slug": "talking"},
    "/teach/<slug>/draft/change": {"act": "retitle", "title": "The gate"},
    "/teach/<slug>/draft/media/remove": {"path": "media/canal.svg"},
    "/teach/<slug>/draft/question/<path>": {"prompt": "Why?", "id": "why-so", "words": "50"},
    "/teach/<slug>/draft/questions/<path>": {"id": "bankfell", "act": "remove"},
    "/teach/<slug>/draft/shift": {"thing": "01-water/01-canal", "by": "down"},
    "/teach/<slug>/draft/undo": {"number": "1"},
    "/teach/<slug>/learners/<member_id>": {"text": "How are you getting on?"},
    "/teach/<slug>/nudge": {"learner": "lena", "text": "How are you getting on?", "send": "yes"},
    "/teach/<slug>/people": {"email": world.ADDRESS, "role": "marker"},
    "/teach/<slug>/people/take": {"member": "tariq", "role": "trainer"},
    "/teach/new": {
        "title": "Early warning",
        "slug": "early-warning",
        "summary": "How to see it coming.",
        "language": "en",
        "level": "introductory",
        "hours": "4",
    },
}
QUERIES: Mapping[str, str] = {
    "/guest/<token>": "place=0",
    "/admin/certificates/issue": f"course={world.COURSE}",
    "/admin/certificates/result": f"course={world.COURSE}&people=2",
    "/courses/<slug>/changes": "since=1",
    "/teach/<slug>/draft/add/lesson": "module=01-water",
    "/teach/<slug>/draft/change": "thing=01-water/01-canal",
    "/teach/<slug>/draft/question/<path>": "kind=open",
}
