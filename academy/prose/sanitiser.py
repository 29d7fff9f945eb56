"""The last step of every text: an allow-list of tags, attributes and addresses."""

import re

import nh3
from markupsafe import Markup

SCHEMES = {"http", "https", "mailto"}
OUTSIDE = "noopener noreferrer"
TABLE_TAGS = {"table", "tbody", "td", "th", "thead", "tr"}
BLOCK_TAGS = {"blockquote", "dd", "div", "dl", "dt", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "ul"}
PHRASE_TAGS = {"a", "abbr", "b", "br", "code", "del", "em", "i", "s", "span", "strong", "sub", "sup"}
COURSE_TAGS = TABLE_TAGS | BLOCK_TAGS | PHRASE_TAGS | {"figcaption", "figure", "h2", "img", "picture", "source"}
NOTE_TYPES = ("aims", "question", "key", "example", "caution", "practice", "short", "warning", "note")
AUTHOR_CLASSES = frozenset({"lead", "quiet", "small", "wide"})
ALIGNED = frozenset({"align-start", "align-centre", "align-end"})
COURSE_CLASSES = {
    "a": {"anchor", "footnote-ref", "footnote-back", "term-link"},
    "abbr": {"term"},
    "div": {"scroll", "footnotes", "note", *(f"note-{name}" for name in NOTE_TYPES)},
    "p": {"note-title"},
    "td": set(ALIGNED),
    "th": set(ALIGNED),
}
ID = re.compile(r"[\w:.-]+")
NOTE_ID = re.compile(r"fn(ref)?-[0-9a-z-]{1,40}")
ANCHOR = re.compile(r"#[^\s\"'<>]*")
ON_SITE = re.compile(r"/(?![/\\])[^\s\\]*|/")
BLOCKS = ("p", "div", "span", "ul", "ol", "table", "figure", "blockquote", "strong", "em")


def _relative(url: str) -> str | None:
    return url if ANCHOR.fullmatch(url) or ON_SITE.fullmatch(url) else None


def _own_pictures(tag: str, name: str, value: str) -> str | None:
    if (tag, name) in {("img", "src"), ("source", "srcset")}:
        return value if ON_SITE.fullmatch(value) else None
    if name == "id":
        return value if ID.fullmatch(value) else None
    return value


def _notes_alone(_tag: str, name: str, value: str) -> str | None:
    return value if name != "id" or NOTE_ID.fullmatch(value) else None


_course = nh3.Cleaner(
    tags=COURSE_TAGS,
    clean_content_tags={"script", "style"},
    attributes={
        "*": {"id", "lang", "title"},
        "a": {"href", "aria-label"},
        "div": {"aria-label"},
        "img": {"src", "alt", "width", "height"},
        "ol": {"start"},
        "source": {"srcset"},
    },
    tag_attribute_values={
        **{tag: {"dir": {"ltr", "rtl", "auto"}} for tag in COURSE_TAGS},
        "a": {"rel": {OUTSIDE}, "role": {"doc-noteref", "doc-backlink"}, "dir": {"ltr", "rtl", "auto"}},
        "div": {"role": {"region", "note", "doc-endnotes"}, "tabindex": {"0"}, "dir": {"ltr", "rtl", "auto"}},
        "img": {"loading": {"lazy"}, "decoding": {"async"}},
        "source": {"type": {"image/avif"}},
        "th": {"scope": {"col", "row"}, "dir": {"ltr", "rtl", "auto"}},
    },
    allowed_classes={tag: COURSE_CLASSES.get(tag, set()) | AUTHOR_CLASSES for tag in {*COURSE_CLASSES, *BLOCKS}},
    attribute_filter=_own_pictures,
    link_rel=None,
    url_schemes=SCHEMES,
    url_relative=_relative,
)
MEMBER_TAGS = (TABLE_TAGS | BLOCK_TAGS | PHRASE_TAGS) - {"abbr", "dd", "div", "dl", "dt", "span", "sub", "sup"}
_member = nh3.Cleaner(
    tags=MEMBER_TAGS,
    clean_content_tags={"script", "style"},
    attributes={"a": {"href", "title"}, "ol": {"start"}},
    link_rel=f"nofollow ugc {OUTSIDE}",
    url_schemes=SCHEMES,
    url_relative=_relative,
)
_post = nh3.Cleaner(
    tags=MEMBER_TAGS | {"sup"},
    clean_content_tags={"script", "style"},
    attributes={"a": {"href", "title", "id"}, "li": {"id"}, "ol": {"start"}},
    allowed_classes={"a": {"mention"}, "ol": {"footnotes"}},
    attribute_filter=_notes_alone,
    link_rel=f"nofollow ugc {OUTSIDE}",
    url_schemes=SCHEMES,
    url_relative=_relative,
)


def clean_course(html: str) -> Markup:
    """Keep what a course may contain; pictures only from our own site."""
    return Markup(_course.clean(html))  # noqa: S704 - this is the one place that makes Markup out of Markdown


def clean_member(html: str) -> Markup:
    """Keep what a member's text may contain: no pictures, no ids, no classes."""
    return Markup(_member.clean(html))  # noqa: S704 - this is the one place that makes Markup out of Markdown


def clean_post(html: str) -> Markup:
    """The same for a post, whose footnotes have ids."""
    return Markup(_post.clean(html))  # noqa: S704 - this is the one place that makes Markup out of Markdown
