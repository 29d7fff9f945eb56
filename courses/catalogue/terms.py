"""All glossaries as one: each term once, with its names in several languages and the lessons that use it. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from courses.catalogue.content import Course, first_of

BESIDE = ("en", "ru", "fa")
"""The languages whose terms stand side by side."""
NAMED = re.compile(r"([^—]{2,60})\s—\s(.+)", re.DOTALL)
LIKE = 4


@dataclass(frozen=True, slots=True)
class Use:
    """A lesson that uses a term."""

    slug: str
    course: str
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Term:
    """A term by language: what it is called, what it means; and the lessons that use it."""

    names: Mapping[str, str]
    meanings: Mapping[str, str]
    uses: tuple[Use, ...] = ()

    def language(self, languages: Sequence[str]) -> str:
        """The first of these languages it is explained in, else any."""
        return first_of(self.names, tuple(languages), next(iter(self.names)))

    def fits(self, words: str) -> bool:
        """Whether what somebody typed stands in one of its names or meanings."""
        wanted = words.casefold().split()
        said = " ".join((*self.names.values(), *self.meanings.values())).casefold()
        return all(word in said for word in wanted)


@dataclass(slots=True)
class _Group:
    """Spellings with one meaning, in one language."""

    meaning: str
    spellings: list[str] = field(default_factory=list)
    origin: str = ""
    others: list[str] = field(default_factory=list)
    """Spellings that are explained in other words, as a translation does it for other cases of a noun."""

    @property
    def everywhere(self) -> tuple[str, ...]:
        """All spellings by which lessons call it."""
        return (*self.spellings, *self.others)

    @property
    def name(self) -> str:
        """How it is called: as its meaning begins, else the shortest spelling, a small one before a great one."""
        shortest = min(self.spellings, key=lambda each: (len(each), each[:1].isupper()))
        found = NAMED.fullmatch(self.meaning)
        if found and found[1][:LIKE].casefold() == shortest[:LIKE].casefold():
            small = any(each[:1].islower() for each in self.spellings)
            return found[1][:1].lower() + found[1][1:] if small else found[1]
        return shortest


def _groups(terms: Mapping[str, str], origins: Mapping[str, str]) -> list[_Group]:
    found: dict[str, _Group] = {}
    for spelling, meaning in terms.items():
        group = found.setdefault(meaning, _Group(meaning))
        group.spellings.append(spelling)
        group.origin = group.origin or origins.get(spelling, "")
    return list(found.values())


def terms_of(course: Course, languages: Sequence[str]) -> list[Term]:
    """The terms of a course; the titles of lessons are in the first of these languages that each has."""
    own = course.language
    originals = _groups(course.glossary.get(own, {}), {})
    group_of = {spelling: place for place, group in enumerate(originals) for spelling in group.spellings}
    found: list[dict[str, _Group]] = [{own: group} for group in originals]
    for language, terms in course.glossary.items():
        for group in _groups(terms, course.origins.get(language, {})) if language != own else ():
            place = group_of.get(group.origin)
            if place is None:
                found.append({language: group})
            else:
                first = found[place].setdefault(language, group)
                first.others += () if first is group else group.spellings
    uses = {language: _uses(course, language, languages) for language in course.glossary}
    return [_term(groups, uses) for groups in found]


def _term(groups: Mapping[str, _Group], uses: Mapping[str, Mapping[str, list[Use]]]) -> Term:
    where = [use for code, group in groups.items() for each in group.everywhere for use in uses[code].get(each, ())]
    names = {language: group.name for language, group in groups.items()}
    meanings = {language: group.meaning for language, group in groups.items()}
    return Term(names, meanings, tuple(dict.fromkeys(where)))


def _uses(course: Course, language: str, languages: Sequence[str]) -> dict[str, list[Use]]:
    """The lessons in whose text each spelling of a language stands."""
    spellings = sorted(course.glossary[language], key=len, reverse=True)
    if not spellings:
        return {}
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, spellings))})(?!\w)")
    found: dict[str, list[Use]] = {}
    for lesson in course.lessons:
        if language in lesson.texts:
            use = Use(course.slug, course.text(*languages).title, lesson.key, lesson.text(*languages).title)
            for spelling in dict.fromkeys(pattern.findall(lesson.texts[language].body)):
                found.setdefault(spelling, []).append(use)
    return found


def together(courses: Iterable[Sequence[Term]]) -> list[Term]:
    """The terms of all courses, each once: those whose first name is the same are one."""
    found: dict[str, Term] = {}
    for term in (each for terms in courses for each in terms):
        key = next(iter(term.names.values())).casefold()
        there = found.get(key)
        if there is None:
            found[key] = term
        else:
            names, meanings = {**term.names, **there.names}, {**term.meanings, **there.meanings}
            found[key] = replace(there, names=names, meanings=meanings, uses=(*there.uses, *term.uses))
    return list(found.values())


def letters(terms: Iterable[Term], languages: Sequence[str]) -> Iterator[tuple[str, list[Term]]]:
    """The terms under the first letters of their names for a reader of these languages, in order."""
    found: dict[str, list[Term]] = {}
    for term in sorted(terms, key=lambda each: each.names[each.language(languages)].casefold()):
        found.setdefault(term.names[term.language(languages)][:1].upper(), []).append(term)
    yield from found.items()
