"""Markdown never runs, never loads from elsewhere and never makes a page slow; what authors need still works."""

import re
import time
from contextlib import suppress
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markupsafe import Markup

from academy.markdown import read_post, render_course_text, render_guarded, render_member_text
from academy.prose.guard import Child
from academy.prose.texts import Labels, MarkdownTooHard, Picture, RenderedText, Source, Term
from tests.academy.hostile_markdown import HOSTILE, VECTORS

DANGEROUS_TAGS = {
    *("script", "style", "iframe", "object", "embed", "base", "meta", "link", "form", "input", "textarea", "svg"),
    *("math", "video", "audio", "source", "details", "body", "noscript", "x", "mglyph"),
}


class Elements(HTMLParser):
    """Collects the tags and attributes of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep one element."""
        self.found.append((tag, {name: value or "" for name, value in attrs}))


def elements(html: str) -> list[tuple[str, dict[str, str]]]:
    return Elements(html).found


def course(text: str, **settings: object) -> RenderedText:
    return render_course_text(Source(text, **settings))  # type: ignore[arg-type]


def assert_harmless(html: str) -> None:
    for tag, attributes in elements(html):
        assert tag not in DANGEROUS_TAGS
        assert not any(name.startswith("on") for name in attributes)
        assert not {"style", "target", "ping", "srcset", "formaction"} & set(attributes)
        assert attributes.get("rel", "noopener noreferrer").endswith("noopener noreferrer")
        address = attributes.get("href", "/")
        assert address.startswith(("https://", "http://", "mailto:", "#", "/")), address
        assert not address.startswith(("//", "/\\")), address
        assert not attributes.get("src", "/").startswith(("http", "//", "data", "javascript"))


@pytest.mark.parametrize("vector", VECTORS)
def test_no_vector_gets_through_a_course_text(vector: str) -> None:
    assert_harmless(course(vector, pictures={"../media/a.svg": Picture("/courses/a/media/1/a.svg")}).html)
    assert_harmless(course(f"text {vector} text").html)
    assert_harmless(course(f"- {vector}\n\n> {vector}\n\n## {vector}").html)


@pytest.mark.parametrize("vector", VECTORS)
def test_no_vector_gets_through_a_members_text(vector: str) -> None:
    for text in (vector, f"text {vector} text", f"- {vector}\n\n> {vector}\n\n## {vector}"):
        html = render_member_text(text)
        assert_harmless(html)
        assert not any(tag == "img" for tag, _ in elements(html))


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.slow
def test_a_hostile_course_text_is_rendered_or_refused_in_time(name: str) -> None:
    start = time.monotonic()
    with suppress(MarkdownTooHard):
        render_guarded([Source(HOSTILE[name])], seconds=0.5)
    assert time.monotonic() - start < 2.5


def test_a_refusal_comes_in_time_and_says_which_text_it_was() -> None:
    start = time.monotonic()
    with pytest.raises(MarkdownTooHard) as refusal:
        render_guarded([Source("harmless"), Source(HOSTILE["open brackets"])])
    assert refusal.value.place == 1
    assert time.monotonic() - start < 2.5


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_post_is_rendered_at_once(name: str) -> None:
    start = time.process_time()
    render_member_text(HOSTILE[name][:20000])
    assert time.process_time() - start < 0.5


def test_a_child_that_died_is_no_answer() -> None:
    with Child() as child:
        child.process.kill()
        child.process.wait()
        assert child.render(Source("x" * 200000), 2.0) is None


def test_a_child_knows_no_settings_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ACADEMY_SECRET_KEY", "hidden")
    with Child() as child:
        environment = Path(f"/proc/{child.process.pid}/environ").read_bytes()
    assert b"PATH=" in environment
    assert b"hidden" not in environment


def test_a_whole_course_is_rendered_in_one_child() -> None:
    sources = [Source(f"## Heading {number}\n\n" + "Words *and* [links](x.md).\n\n" * 150) for number in range(90)]
    start = time.monotonic()
    rendered = render_guarded(sources)
    assert time.monotonic() - start < 10
    assert rendered[7] == render_course_text(sources[7])
    assert isinstance(rendered[7].html, Markup)


def test_raw_html_is_shown_as_text() -> None:
    html = course("before <b>bold</b> after\n\n<div>\nblock\n</div>").html
    assert "&lt;b&gt;bold&lt;/b&gt;" in html
    assert "&lt;div&gt;" in html
    assert "&lt;b&gt;" in render_member_text("<b>bold</b>")


def test_character_references_stay() -> None:
    assert course("a&nbsp;b &amp; c &lt; d", inline=True).html == "a&nbsp;b &amp; c &lt; d"


def test_a_picture_alone_becomes_a_figure_with_its_size() -> None:
    pictures = {"../media/curve.svg": Picture("/courses/pd/media/12345678/curve.svg", 480, 300)}
    found = course('![A line](../media/curve.svg "The caption")', pictures=pictures)
    (figure, image, caption) = elements(found.html)
    assert (figure[0], image[0], caption[0]) == ("figure", "img", "figcaption")
    assert image[1] == {
        "src": "/courses/pd/media/12345678/curve.svg",
        "alt": "A line",
        "width": "480",
        "height": "300",
        "loading": "lazy",
        "decoding": "async",
    }
    assert found.images == ("../media/curve.svg",)


def test_a_foreign_picture_leaves_only_its_alternative_text() -> None:
    assert course("![A cat](https://evil.example/cat.png)", inline=True).html == "<span>A cat</span>"
    assert render_member_text("![A cat](https://evil.example/cat.png)") == "<p>A cat</p>\n"


def test_headings_have_stable_ids_and_link_to_themselves() -> None:
    found = course("## Fast work\n\n## Fast work\n\n### Быстрая работа\n\n## Named {#why}\n\n[up](#why)")
    assert [heading.id for heading in found.headings] == [
        "s-fast-work",
        "s-fast-work-1",
        "s-быстрая-работа",
        "s-why",
    ]
    assert '<h2 id="s-fast-work"><a class="anchor" href="#s-fast-work">Fast work</a></h2>' in found.html
    assert '<a href="#s-why">up</a>' in found.html


def test_a_translation_may_take_the_ids_of_its_original() -> None:
    found = course("## Быстрая работа", heading_ids=("s-fast-work",))
    assert found.headings[0].id == "s-fast-work"


def test_a_course_text_has_no_h1() -> None:
    assert [heading.level for heading in course("# One\n\nTwo\n===").headings] == [2, 2]


def test_a_table_scrolls_in_a_region_named_after_its_heading() -> None:
    found = course("## Moments\n\n|a|b|\n|:-|-:|\n|1|2|\n\n|a|\n|-|\n|1|")
    regions = [attributes for tag, attributes in elements(found.html) if tag == "div"]
    assert [region["aria-label"] for region in regions] == ["Table 1: Moments", "Table 2: Moments"]
    assert regions[0] == {"class": "scroll", "role": "region", "tabindex": "0", "aria-label": "Table 1: Moments"}
    assert '<th class="align-end" scope="col">b</th>' in found.html


def test_a_corner_without_words_is_no_heading() -> None:
    html = course("| |b|\n|-|-|\n|1|2|").html
    assert "<td></td>" in html
    assert '<th scope="col">b</th>' in html


def test_footnotes_lead_there_and_back_by_name() -> None:
    found = course("One[^a b], again[^a b].\n\n[^a b]: The *source*.", prefix="q1-")
    links = {attributes["href"]: attributes["aria-label"] for tag, attributes in elements(found.html) if tag == "a"}
    assert links == {
        "#fn-q1-1": "Note 1",
        "#fnref-q1-1": "Back to the text at note 1",
        "#fnref2-q1-1": "Back to the text at note 1, place 2",
    }
    ids = [attributes["id"] for _, attributes in elements(found.html) if "id" in attributes]
    assert ids == ["fnref-q1-1", "fnref2-q1-1", "fn-q1-1"]


def test_the_words_added_are_those_of_the_reader() -> None:
    labels = Labels(note="Сноска %(number)s", footnotes="Сноски", titles={"key": "Главное"}, digits="٠١٢٣٤٥٦٧٨٩")
    html = course("!!! key\n    a[^1]\n\n[^1]: b", labels=labels).html
    assert 'aria-label="Сноска ١"' in html
    assert 'aria-label="Сноски"' in html
    assert '<p class="note-title">Главное</p>' in html


def test_notes_have_known_types_only() -> None:
    html = course('!!! question "Before you read"\n    Who?\n\n!!! evil "Own title"\n    b\n\n!!! key ""\n    c').html
    classes = [attributes["class"] for tag, attributes in elements(html) if tag == "div"]
    assert classes == ["note note-question", "note note-note", "note note-key"]
    assert html.count("note-title") == 2


def test_aims_are_a_note_of_their_own() -> None:
    html = course("!!! aims\n    - Name a term.\n    - Draw a map.").html
    assert html.startswith(
        '<div class="note note-aims" role="note">\n<p class="note-title">After this lesson you can</p>'
    )
    assert html.count("<li>") == 2


def test_the_first_use_of_a_term_leads_to_its_meaning() -> None:
    glossary = {"good offices": "Help of a third person.", "offices": "Rooms.", "unused": "Nothing."}
    found = course("## good offices\n\nIn good\noffices, the good offices and offices.", glossary=glossary)
    assert found.terms == (
        Term("term-1", "good offices", "Help of a third person."),
        Term("term-2", "offices", "Rooms."),
    )
    assert found.html.count('class="term"') == 2
    assert (
        'href="#term-1"><abbr class="term" title="Help of a third person.">good\noffices</abbr></a>, the' in found.html
    )


def test_definition_lists_and_abbreviations_work() -> None:
    assert "<dt>BATNA</dt>\n<dd>Best" in course("BATNA\n:   Best alternative").html
    assert course("*[ZOPA]: Overlap\n\nA ZOPA is").terms == (Term("term-1", "ZOPA", "Overlap"),)


def test_attribute_lists_set_only_what_is_allowed() -> None:
    html = course('*Гуд*{lang=ru .lead .evil #main dir=rtl} and\n\nx\n{: #main .lead tabindex=5 aria-label="y" }').html
    assert html == '<p><em class="lead" dir="rtl" lang="ru">Гуд</em> and</p>\n<p class="lead">x</p>'


def test_links_are_ours_or_say_that_they_leave() -> None:
    links = {"../02-b/01-x.md": "/courses/pd/b/x/"}
    found = course("[in](../02-b/01-x.md) [out](https://un.org) [lost](nowhere.md) [site](/verify/)", links=links)
    assert found.html == (
        '<p><a href="/courses/pd/b/x/">in</a> <a href="https://un.org" rel="noopener noreferrer">out</a> '
        '<span>lost</span> <a href="/verify/">site</a></p>'
    )
    assert found.links == ("../02-b/01-x.md", "https://un.org", "nowhere.md", "/verify/")


def test_words_are_counted_without_footnotes() -> None:
    assert course("One two-three[^1] don't.\n\n- four\n\n[^1]: five six").words == 5


def test_members_headings_begin_at_level_three() -> None:
    assert render_member_text("# A\n\n#### B") == "<h3>A</h3>\n<h4>B</h4>\n"
    assert render_member_text("## A\n\n### B\n\n## C") == "<h3>A</h3>\n<h4>B</h4>\n<h3>C</h3>\n"
    assert render_member_text("### A\n\n# B") == "<h3>A</h3>\n<h3>B</h3>\n"
    deepest = render_member_text("\n\n".join(f"{'#' * level} A" for level in range(1, 7)))
    assert re.findall(r"<h(\d)", deepest) == ["3", "4", "5", "6", "6", "6"]


def test_members_have_tables_and_strikethrough() -> None:
    html = render_member_text("|a|\n|-|\n|~~b~~|")
    assert "<td><s>b</s></td>" in html
    assert "<td></td>\n<th>b</th>" in render_member_text("| |b|\n|-|-|\n|1|2|")


def post(text: str) -> str:
    """A post in which the handle ana-h and the number 3 lead somewhere."""
    return read_post(text).html(prefix="7-2", profiles={"ana-h": "/alumni/members/ana-h"}, posts={3: "/forum/p/9"})


@pytest.mark.parametrize("vector", VECTORS)
def test_no_vector_gets_through_a_post(vector: str) -> None:
    for text in (vector, f"text {vector} text", f"- {vector}\n\n> {vector}\n\n## {vector}", f"a[^1]\n\n[^1]: {vector}"):
        html = post(text)
        assert_harmless(html)
        assert not any(tag == "img" for tag, _ in elements(html))


POSTS = {
    **HOSTILE,
    "mentions": "@a " * 7000,
    "signs": "@#" * 10000,
    "addresses": "http://a " * 3000,
    "brackets behind an address": "http://a" + ")" * 19000,
    "addresses without end": "http://" * 3000,
    "notes in notes": "".join(f"[^{n}]" for n in range(900))
    + "\n\n"
    + "\n".join(f"[^{n}]: [^{n}]" for n in range(900)),
    "open notes": "[^" * 10000,
}


@pytest.mark.parametrize("name", POSTS)
def test_a_hostile_text_as_a_post_is_drawn_at_once(name: str) -> None:
    start = time.process_time()
    post(POSTS[name][:20000])
    assert time.process_time() - start < 0.5


def test_a_post_leads_to_people_and_posts_that_are_there() -> None:
    html = post(
        "@Ana-h and @nobody, see #3 and #4; a@ana-h.org and `@ana-h #3` are none. [say @ana-h](https://a.example)"
    )
    hrefs = [attributes["href"] for tag, attributes in elements(html) if tag == "a"]
    assert hrefs == ["/alumni/members/ana-h", "/forum/p/9", "https://a.example"]
    assert "@nobody" in html


def test_a_bare_address_ends_before_the_sentence_does() -> None:
    html = post('(see https://a.example/x_(y)). "http://b.example" and javascript://c, xhttp://d.example')
    assert [attributes["href"] for tag, attributes in elements(html) if tag == "a"] == [
        "https://a.example/x_(y)",
        "http://b.example",
    ]


def test_footnotes_of_posts_stand_apart_and_lead_there_and_back() -> None:
    html = post("First[^a], second[^b], again[^a], none[^c].\n\n[^b]: B\n[^a]: A *note*.\n")
    ids = [attributes["id"] for _, attributes in elements(html) if "id" in attributes]
    assert ids == ["fnref-7-2-1", "fnref-7-2-2", "fn-7-2-1", "fn-7-2-2"]
    assert "<em>note</em>" in html
    assert "[^c]" in html
