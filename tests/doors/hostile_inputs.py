"""Five hundred things a field may be sent that its author did not think of."""

import random
import sys
import unicodedata

MARK = "xq7"
"""An element's name: were it ever to be one on a page, what was typed was not escaped."""

PRODUCT, FACTORS = "98765437", "9876543.7*10"
"""A template that ran what was typed would show the product."""

LENGTHS = ["a" * n for n in (0, 1, 100, 101, 120, 121, 255, 2000, 2001, 9000, 60_000)]
LONG = [unit * 3000 for unit in ("å", "ش", "𝔊", "👩‍👩‍👧‍👦", "e\u0301", "\n", " ", "<")]

CONTROLS = [f"a{chr(code)}b" for code in (*range(0x20), *range(0x7F, 0xA0))]
FORMATS = [f"a{chr(code)}b" for code in (*range(0x200B, 0x2010), *range(0x2028, 0x202F))]
INVISIBLE = [f"a{sign}b" for sign in "\u00ad\u034f\u061c\u115f\u2060\u2066\u2069\ufeff\ufffd\uffff"]
BEYOND = ["\ud800", "\udfff", "\udc00\ud800", "a\ud83d", "\U000e0041", "\U0010ffff", "\ue000"]
WRITING = [
    "\u202eevil\u202c",
    "ع\u200fa\u200e",
    "Z" + "".join(chr(0x300 + n) for n in range(100)),
    "🇳🇴" * 20,
    "👩🏽\u200d🚀",
    "ﷺﷺﷺ",
    "İıſß",
    "ａｂｃ",
    "ﬁﬂ",
    "ሰላም",
    "١٢٣",
    "\u0335" * 40,
]

_ZEROS = [
    chr(code)
    for code in range(sys.maxunicode)
    if unicodedata.category(chr(code)) == "Nd" and unicodedata.digit(chr(code)) == 0
]
DIGITS = ["".join(chr(ord(zero) + n) for n in (4, 0, 0, 1, 2, 3, 4, 5)) for zero in _ZEROS]
ODD_DIGITS = ["①②③", "½", "Ⅷ", "一二三", "²³", "40 00 00 00", "4" * 20, "1234567" * 300]

SQL = [
    "'",
    '"',
    "' OR '1'='1",
    "'; DROP TABLE cases;--",
    "1; SELECT pg_sleep(5)",
    "' UNION SELECT * FROM staff_members--",
    "\\'",
    "%",
    "_",
    "%%%",
    "[a-z]*",
    "\\",
    "x' AND 1=CAST((SELECT 1) AS int)--",
    "* OR *",
    'NEAR("a" "b", 5)',
    '"unbalanced',
    "{a}:b",
    ":name",
    "?",
    "$1",
]
HTML = [
    f"<{MARK}>",
    f"</textarea><{MARK}>",
    f"</title><{MARK}>",
    f"</style><{MARK}>",
    f'"><{MARK} x="',
    f"'><{MARK} x='",
    f"--><{MARK}><!--",
    f"]]><{MARK}>",
    f"<{MARK} onclick=alert(1)>",
    f"<script>{MARK}</script>",
    f"<svg/onload={MARK}>",
    f"<img src=x onerror={MARK}>",
    '" autofocus onfocus="x',
    "' style='position:fixed",
    "javascript:alert(1)",
    "&lt;b&gt;",
    "&#60;b&#62;",
    "&",
    "&amp",
    "<!--",
    "<![CDATA[",
    "<?php ?>",
    "<base href=//x>",
    "<meta http-equiv=refresh content=0>",
    "<plaintext>",
    f"<{MARK}\x00>",
    f"<\x00{MARK}>",
    f"\uff1c{MARK}\uff1e",
]
TEMPLATES = [
    "{{" + FACTORS + "}}",
    "{% if 1 %}x{% endif %}",
    "{{ config }}",
    "{{ request.environ }}",
    "{{ ''.__class__.__mro__ }}",
    "${" + FACTORS + "}",
    "#{" + FACTORS + "}",
    "<%= " + FACTORS + " %>",
    "{#",
    "{%",
    "}}",
    "{{",
    "@@token@@",
    "%(name)s",
    "%s%s%s%n",
    "%",
    "%d",
    "%(",
    "{0}",
    "{name}",
    "{}",
    "$name",
    "%%",
    "%(num)s",
    "{0.__class__}",
]
LINES = [
    "a\r\nSet-Cookie: x=1",
    "a\nb",
    "a\rb",
    "a\u2028b",
    "a\u0085b",
    "\r\n\r\n<html>",
    "a\x0bb\x0cc",
    "\n" * 500,
    "a\tb",
    " a ",
    "\u00a0\u3000",
]
PATHS = [
    "../../etc/passwd",
    "..\\..\\x",
    "/desk/",
    "//example.org",
    "https://example.org/",
    "file:///etc/passwd",
    "%2e%2e%2f",
    "a/b",
    ".",
    "..",
    "nav-eikevik/..",
    "%00",
    "C:\\",
]
NUMBERS = [
    "0",
    "-1",
    "1e309",
    "NaN",
    "Infinity",
    "0x10",
    "1_000",
    "9" * 400,
    "-0",
    "1.5",
    "2147483648",
    "9223372036854775808",
    "99999999999",
    "1,5",
    "+1",
    "1e5",
    "true",
    "null",
    "None",
    "undefined",
    "[]",
    "{}",
    "0" * 20,
    "00000000000000000000",
    "12345678",
    "1.1.0",
    "0.0.0",
    "4.9999999999999999.1",
]
TIMES = [
    "29.2",
    "31.04.2026",
    "0.0.0",
    "99.99.9999",
    "1.1.10000",
    "2026-11-24",
    "24:00",
    "25:61",
    "-1:00",
    "02:30",
    "29.03",
    "tomorrow",
    "yesterday",
    "in 99999999999 days",
    "1.1.1",
    "31.12.9999",
    "23:59",
    "00:00",
    "9.5.26",
]
REACHING = [
    "+",
    "+47",
    "00",
    "0047400000001",
    "+999" * 9,
    "+４７４００００００１",
    "tel:40000000",
    "40000000;ext=1",
    "a@b",
    "@",
    "a@b@c.no",
    "a@[127.0.0.1]",
    "a@b.no\nBcc: x@y.no",
    '"a b"@example.no',
    "å@ø.no",
    "a" * 64 + "@" + "b" * 180 + ".no",
    "x@example.no,y@example.no",
    "<x@example.no>",
]


def _by_chance(count: int) -> list[str]:
    """Return texts of signs from everywhere, the same ones each time."""
    chance = random.Random(500)
    ranges = ((0, 0x24F), (0x300, 0x5FF), (0x600, 0x6FF), (0x1200, 0x137F), (0x1F300, 0x1FAFF))
    return [
        "".join(chr(chance.randint(*chance.choice(ranges))) for _ in range(chance.randint(1, 60)))
        for _ in range(count)
    ]


_GROUPS = (
    *(LENGTHS, LONG, CONTROLS, FORMATS, INVISIBLE, BEYOND, WRITING, DIGITS, ODD_DIGITS, SQL, HTML),
    *(TEMPLATES, LINES, PATHS, NUMBERS, TIMES, REACHING),
)
_KNOWN = [text for group in _GROUPS for text in group]
ALL = [*_KNOWN, *_by_chance(500 - len(_KNOWN))]
QUICK = [text for group in _GROUPS for text in group[:: max(1, len(group) // 3)]]

NAMES = [
    *("need[]", "message[0]", "message[a][b]", "phone.number", "__class__", "data", "csrf_token"),
    *("", " ", "\x00", "%00", "a" * 3000, "ñ", "token.x", "do[]", "to", "case", "errors", "{{7}}"),
]
