"""What a hostile stranger types where the site expects a name, a number or a page."""

NUMBERS = (
    "0",
    "-1",
    "9" * 18,
    "9" * 40,
    "-" + "9" * 40,
    "\u0661\u0662",
    "\u00b2",
    "1e9",
    "0x10",
    "NaN",
    "1.5",
    "+1",
    "1_0",
)
"""The two strange ones are Arabic digits and a raised two: both are digits to Python, one of them is no number."""
TEXTS = (
    "\x00",
    "a\x00b",
    "\ud7ff\ufffe\ufdd0",
    "\u202eevil\u202c",
    "../../etc/passwd",
    "..\\..",
    "%",
    "_%",
    "'",
    "'; DROP TABLE member; --",
    '"><script>alert(1)</script>',
    "{{ 7*7 }}",
    "%(name)s %s {0}",
    "x" * 3000,
    "\r\nSet-Cookie: a=b",
    "علي",
    "🪷" * 70,
    "",
    " ",
)
JUNK = (*NUMBERS, *TEXTS)
RAW_QUERIES = (
    b"%ff%fe=%80",
    b"before=%00",
    b"%00=%00",
    b"a=%ed%a0%80",
    b"&&&==;;",
    b"q=" + b"%f0%9f" * 50,
    b"lang=%00",
)
QUERY_NAMES = (
    "before", "after", "q", "role", "next", "lang", "since", "code", "course", "tier", "cohort", "people", "at",
    "action", "subject", "page", "topic", "level", "language", "length", "again", "done", "members",
)  # fmt: skip
NAMES = {
    "500 letters": "x" * 500,
    "Arabic": "لینا رحیمی",
    "control characters": "Le\x00na\x07\x1b[31m",
    "line breaks": "Lena\r\nBcc: all@example.org",
    "turned direction": "Lena\u202egnp.exe\u2066",
    "tags": "<b>Lena</b>",
    "combining marks": "L" + "\u0301" * 90,
    "no width": "\u200b\u200d\u2060",
    "emoji": "🪷🪷",
    "spaces": "\u00a0\u2003\u3000",
    "format": "%(name)s %s {name}",
}
