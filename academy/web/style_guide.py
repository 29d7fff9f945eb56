"""What the living style guide shows: every part in its states, with words a real page could have."""

from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, EmailField, FileField, PasswordField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from academy.i18n import gettext as _
from academy.i18n import lazy_gettext as _l
from academy.i18n import number, percent
from academy.web.forms import Form, LineField, ProseField

Example = dict[str, Any]
REQUIRED = DataRequired(message=_l("Please fill this in."))
CONSENT = DataRequired(message=_l("Tick the box to let the committee read your letter."))


class ApplicationForm(Form):
    """One field of every kind, as an application could ask for them."""

    name = LineField(_l("Full name"), description=_l("As it should stand on a certificate."))
    email = EmailField(_l("E-mail address"), [REQUIRED], description=_l("We send one letter to confirm it."))
    password = PasswordField(
        _l("Password"), description=_l("At least 12 characters. Three words are easy to remember.")
    )
    country = SelectField(_l("Country you live in"))
    age = RadioField(_l("Age group"), [REQUIRED])
    languages = SelectMultipleField(_l("Languages you work in"), widget=ListWidget(), option_widget=CheckboxInput())
    letter = ProseField(_l("Why do you want to join?"), most=600, description=_l("Two or three sentences are enough."))
    file = FileField(_l("Letter of support"), description=_l("PDF or a picture, 2 MB at most."))
    consent = BooleanField(_l("The committee may read this application"), [CONSENT])
    town = LineField(_l("Town"), required=False, validators=[Length(max=60)])


def examples() -> Example:
    """All the data of the style guide's template, in the reader's language."""
    return {
        "form": _filled_form("example"),
        "filters": _filled_form("filters"),
        "wrong_form": _wrong_form(),
        "courses": _courses(),
        "outline_modules": _outline(),
        "week": _week(),
        "checklist_items": _checklist(),
        "timeline_entries": _timeline(),
        "steps_entries": [(_("You"), "#steps"), (_("Why"), "#steps"), (_("Needs"), ""), (_("Consent"), "")],
        "tab_entries": _tabs(),
        "table_rows": _table_rows(),
        "terms_pairs": _terms(),
        "module_entries": _modules(),
        "quiz": _quiz(),
        "figures": {"learners": number(48), "applications": number(7), "read": percent(83)},
    }


def _filled_form(prefix: str) -> ApplicationForm:
    data = {"name": "Lena S.", "email": "lena@example.org", "age": "22", "languages": ["ru"]}
    form = ApplicationForm(formdata=None, data=data, meta={"csrf": False}, prefix=prefix)
    _choices(form)
    return form


def _wrong_form() -> ApplicationForm:
    form = ApplicationForm(formdata=MultiDict({"wrong-name": "Lena S."}), meta={"csrf": False}, prefix="wrong")
    _choices(form)
    form.validate()
    return form


def _choices(form: ApplicationForm) -> None:
    form.country.choices = [
        ("", _("Choose a country")),
        ("kz", _("Kazakhstan")),
        ("kg", _("Kyrgyzstan")),
        ("uz", _("Uzbekistan")),
    ]
    form.age.choices = [("18", _("18 to 21")), ("22", _("22 to 25")), ("26", _("26 to 29"))]
    form.languages.choices = [("ru", "Русский"), ("uz", "Oʻzbekcha"), ("fa", "دری")]


def _courses() -> list[Example]:
    titles = (
        (
            _("Foundations of preventive diplomacy"),
            _("What can be done before a dispute turns violent, and who may do it."),
        ),
        (_("Women, peace and security"), _("Why peace lasts longer when women help to make it.")),
        (_("Shared waters, shared future"), _("Rivers, canals and the people on both banks.")),
        (_("Listening across languages"), _("How to mediate when you need an interpreter.")),
    )
    done = (4, 9, 0, 0)
    total = (12, 9, 10, 0)
    return [
        {"title": title, "summary": summary, "done": done[i], "total": total[i], "seed": (3, 7, 14, 22)[i]}
        for i, (title, summary) in enumerate(titles)
    ]


def _outline() -> list[Example]:
    lessons = (
        (_("What prevention is"), "done"),
        (_("A short history"), "done"),
        (_("The first signs of a dispute"), "now"),
        (_("Check what you know"), "todo"),
    )
    first = [{"title": title, "state": state, "url": "#outline"} for title, state in lessons]
    closed = {"title": _("Open questions"), "state": "todo", "url": "", "note": _("opens on 1 December")}
    return [
        {"title": _("Module 1: Foundations"), "lessons": first},
        {"title": _("Module 2: Talking"), "lessons": [closed]},
    ]


def _week() -> list[Example]:
    days = (
        (_("Mon"), _("Monday")),
        (_("Tue"), _("Tuesday")),
        (_("Wed"), _("Wednesday")),
        (_("Thu"), _("Thursday")),
        (_("Fri"), _("Friday")),
        (_("Sat"), _("Saturday")),
        (_("Sun"), _("Sunday")),
    )
    studied, today = (0, 1, 3), 4
    return [
        {"short": short, "name": name, "done": i in studied, "today": i == today}
        for i, (short, name) in enumerate(days)
    ]


def _checklist() -> list[Example]:
    read = _("%(done)s of %(total)s", done=number(12), total=number(12))
    attended = _("%(done)s of %(total)s", done=number(5), total=number(8))
    return [
        {"title": _("Read all lessons"), "done": True, "why": "", "url": "", "number": read},
        {
            "title": _("Attend the live sessions"),
            "done": False,
            "why": _("Two more are needed. You can make up a missed one with its notes."),
            "url": "#checklist",
            "number": attended,
        },
        {"title": _("Hand in the conflict map"), "done": False, "why": _("Your trainer is reading it."), "url": ""},
    ]


def _timeline() -> list[Example]:
    return [
        {"title": _("Application sent"), "when": _("3 November"), "state": "done"},
        {
            "title": _("Two people read it"),
            "when": _("until 20 November"),
            "state": "now",
            "text": _("One has finished."),
        },
        {"title": _("Answer by e-mail"), "when": _("1 December"), "state": "todo"},
    ]


def _tabs() -> list[Example]:
    return [
        {"label": _("Open"), "url": "#tabs", "current": True, "count": number(3)},
        {"label": _("Marked"), "url": "#tabs", "current": False, "count": number(41)},
        {"label": _("All"), "url": "#tabs", "current": False},
    ]


def _table_rows() -> list[list[object]]:
    rows = ((_("Russian"), 24, 18), (_("Dari"), 11, 9), (_("Uzbek"), 13, 12))
    return [[{"text": name, "url": "#table"}, number(began), number(ended)] for name, began, ended in rows]


def _terms() -> list[tuple[str, object]]:
    return [
        (_("Languages"), ["English", "Русский", "دری"]),
        (_("Length"), _("10 hours in 12 lessons")),
        (_("Enrolment"), _("Open to everyone")),
    ]


def _modules() -> list[Example]:
    return [
        {"title": _("Module 1: Foundations"), "done": 4, "total": 4, "now": None},
        {"title": _("Module 2: Talking"), "done": 2, "total": 6, "now": 2},
    ]


def _quiz() -> Example:
    places = [_("Debate"), _("Hardening"), _("Deeds, not words")]
    return {
        "choices": [
            {"value": "2", "text": _("Article 2(4)")},
            {"value": "33", "text": _("Article 33")},
            {"value": "99", "text": _("Article 99")},
        ],
        "marked": [
            {
                "value": "2",
                "text": _("Article 2(4)"),
                "verdict": "wrong",
                "why": _("That article forbids the use of force."),
            },
            {
                "value": "33",
                "text": _("Article 33"),
                "verdict": "right",
                "why": _("Negotiation, enquiry, mediation and more."),
            },
            {"value": "99", "text": _("Article 99"), "verdict": "missed"},
        ],
        "order": [{"value": str(i), "text": text, "place": i + 1} for i, text in enumerate(places)],
        "terms": [{"value": "a", "text": _("Position")}, {"value": "b", "text": _("Interest")}],
        "matches": [{"value": "1", "text": _("what somebody says")}, {"value": "2", "text": _("why they say it")}],
    }
