"""The words of other forums become our Markdown: what people typed stays, and nothing in it acts on us."""

import html
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.markdown import read_post
from alumni.forum.exchange import bbcode, discourse_words, html_words
from alumni.forum.exchange.wording import Lookups, Reference

KNOWN = {"ana": "ana-k"}


def lookups() -> Lookups:
    return Lookups(
        handle_of=lambda name: KNOWN.get(name.casefold(), ""),
        post_of=lambda key, _talk, number: Reference(7, 3) if key == "31" or number == 3 else None,
        has_file=lambda word: word.endswith("map"),
    )


def shown(markdown: str) -> str:
    return str(read_post(markdown).html(prefix="1", profiles={}, posts={}))


def text_of(markdown: str) -> str:
    return html.unescape("".join(re.sub(r"<[^>]+>", " ", shown(markdown)).split()))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("[b]bold [i]both[/i][/b] [s]gone[/s]", "**bold *both*** ~~gone~~"),
        ("one\ntwo\n\nthree", "one\\\ntwo\n\nthree"),
        ("[quote=Ana]hm[/quote]yes", "> @ana-k:\n>\n> hm\n\nyes"),
        ('[quote="Old Name" post_id=31]hm[/quote]', "> Old Name, [#3](/forum/p/7):\n>\n> hm"),
        ("[quote]a[quote]b[/quote][/quote]", "> a\n>\n> > b"),
        ("[url=https://a.example/x]here[/url]", "[here](https://a.example/x)"),
        ("[url]https://a.example/x_y_z[/url]", "https://a.example/x_y_z"),
        ("[url=javascript:alert(1)]here[/url]", "here"),
        ("[img]https://a.example/a.png[/img]", "https://a.example/a.png"),
        ("[list=1][*]a[*]b[/list]", "1. a\n2. b"),
        ("[list][*]a[list][*]b[/list][/list]", "- a\n\n  - b"),
        ("[code]a [b]c[/b][/code]", "`a [b]c[/b]`"),
        ("İİ [code]x = 1[/CODE] there", "İİ `x = 1` there"),
        ("[color=red]red[/color] [size=200]big[/size]", "red big"),
        ("1 * 2 * 3 _x_ [sic] <b> @ana #5", "1 \\* 2 \\* 3 \\_x\\_ \\[sic\\] \\<b> \\@ana \\#5"),
        ("# no heading\n> no quote", "\\# no heading\\\n\\> no quote"),
        ("one\n[b]two[/b]\nthree\n[list][*]a\n[*]b\n[/list]\nend", "one\\\n**two**\\\nthree\n\n- a\n- b\n\nend"),
        ("[quote]a\nb[/quote]\n\nc", "> a\\\n> b\n\nc"),
        ("[b]open", "**open**"),
        ("shut[/b] [unknown]x[/unknown]", "shut\\[/b\\] \\[unknown\\]x\\[/unknown\\]"),
        ("[attachment=0]map[/attachment]", "\\[map\\]"),
    ],
)
def test_bbcode(typed: str, expected: str) -> None:
    assert bbcode.markdown(typed, "", lookups()) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("one\ntwo", "one\\\ntwo"),
        ("a\n- b\n- c", "a\n- b\n- c"),
        ("# Title\ntext", "# Title\ntext"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 2 |"),
        ("Hi @Ana, hi @stranger_1", "Hi @ana-k, hi stranger\\_1"),
        ("`@Ana :smile:` :smile: 10:30:45", "`@Ana :smile:` 😄 10:30:45"),
        ("```\n@Ana\nb\n```", "```\n@Ana\nb\n```"),
        ('[quote="Ana, post:3, topic:9"]\nhm\n[/quote]\n\nyes', "> @ana-k, [#3](/forum/p/7):\n>\n> hm\n\nyes"),
        ('[quote="Gone, post:8, topic:9"]\nhm\n[/quote]', "> Gone:\n>\n> hm"),
        ("[quote]open", "open"),
        ("![x|10x20](https://a.example/b.png)", "[x](https://a.example/b.png)"),
        ('<img src="https://a.example/b.png" alt="cup">', "[cup](https://a.example/b.png)"),
        ("a<br>b <b>c</b>", "a\\\nb c"),
        ('[details="More"]\nx\n[/details]', "**More**\n\nx"),
        ('[date=2020-01-02 timezone="UTC"]', "2020-01-02"),
        ("write to me@ana.example", "write to me@ana.example"),
    ],
)
def test_discourse(raw: str, expected: str) -> None:
    assert discourse_words.markdown(raw, lookups()) == expected


def test_the_name_of_a_little_picture_is_mere_words() -> None:
    drawn = html_words.markdown('<p>Hm <img class="emoji" title=":@ana-k:" src="/e.png"></p>', lookups())
    assert drawn == "Hm \\@ana-k"


def test_html_that_was_finished_is_read_back() -> None:
    finished = (
        '<h2>Plan</h2><p>Go <em>slowly</em>, <a class="mention" href="/u/ana">@ana</a>.</p><ol><li>one</li><li>two'
        "</li></ol><pre><code>a * b</code></pre><script>alert(1)</script>"
        '<p><img class="emoji" title=":heart:" src="https://a.example/h.png"></p>'
    )
    expected = "## Plan\n\nGo *slowly*, @ana-k.\n\n1. one\n1. two\n\n```\na * b\n```\n\nheart"
    assert html_words.markdown(finished, lookups()) == expected


WORDS = st.text(alphabet="ab \n*_`[]()<>@#:=/\"'~-+.&;|\\!1", max_size=80)


@given(WORDS)
def test_mere_words_stay_what_they_were(typed: str) -> None:
    typed = re.sub(r"[\[\]&;1+-]", "", typed)  # marks of BBCode, characters by name, and lists, which stay lists
    drawn = bbcode.markdown(typed, "", lookups())
    assert "<a " not in shown(drawn)
    assert text_of(drawn) == "".join(typed.split())


@given(WORDS)
def test_whatever_was_typed_becomes_something(typed: str) -> None:
    for drawn in (
        bbcode.markdown(f"[quote={typed}]{typed}[/quote][b]{typed}[list][*]{typed}", "", lookups()),
        discourse_words.markdown(f'[quote="{typed}"]{typed}[/quote]{typed}', lookups()),
        html_words.markdown(f"<p>{typed}<blockquote>{typed}", lookups()),
    ):
        assert "<img" not in shown(drawn)


@pytest.mark.parametrize(
    "piece",
    [
        "[b]",
        "[quote]",
        "[list][*]",
        "[/b]",
        "[quote=a ",
        '<!-- m --><a href="',
        "<r><B>",
        "[code]x[/code]" * 9,
        " " * 40,
    ],
)
def test_hostile_words_cost_no_more_than_their_length(piece: str) -> None:
    began = time.process_time()
    bbcode.markdown(f"a{piece * 4000}b", "1a", lookups())
    discourse_words.markdown(f"a{piece * 4000}b", lookups())
    html_words.markdown(f"<code>a{piece * 4000}b", lookups())
    assert time.process_time() - began < 5
