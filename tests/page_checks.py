"""What every page must be, whatever it says: one check a function, each giving its complaints."""

import gzip
import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from bs4 import Tag

if TYPE_CHECKING:
    from tests.page import Page

RIGHT_TO_LEFT = {"ar", "fa", "fa-AF", "ps", "ckb", "ur"}
CITIZEN_PATH = re.compile(r"^/(?:([a-z]{2,3}(?:-[a-z]{2})?)(?:/|$)|$)")
PAGE_BYTES = {"nb": 4096, "nn": 4096, "en": 4096}
PAGE_BYTES_ANY_SCRIPT = 5120
STYLE_BYTES = 1536
HEADER_BYTES = 450
HEADERS = {
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
INLINE = {
    "a",
    "span",
    "strong",
    "b",
    "bdi",
    "label",
    "option",
    "button",
    "q",
    "cite",
    "em",
    "summary",
}
CONTROLS = {"input", "select", "textarea"}
UNSEEN = {"hidden", "submit", "button"}


def problems_of(page: "Page", lang: str | None = None) -> list[str]:
    """Return every fault of a page, in words; an empty list is a good page."""
    found: list[str] = []
    for check in CHECKS:
        found.extend(check(page))
    found.extend(_language(page, lang))
    return found


def is_citizen_page(page: "Page") -> bool:
    """Say whether the page is one that basic phones must carry."""
    return CITIZEN_PATH.match(page.address) is not None


def header_bytes(page: "Page") -> int:
    """Count the answer's status line and header lines as they travel, the date included."""
    lines = [f"HTTP/1.1 {page.response.status}", *map(": ".join, page.response.headers.items())]
    if "Date" not in page.response.headers:
        lines.append("Date: Mon, 23 Nov 2026 08:30:00 GMT")
    return sum(len(line.encode()) + 2 for line in [*lines, ""])


def _markup(page: "Page") -> Iterator[str]:
    yield from page.parse_errors
    for name, count in Counter(_get(tag, "id") for tag in page.all("[id]")).items():
        if count > 1:
            yield f"{count} elements have the id {name}"


def _heading(page: "Page") -> Iterator[str]:
    if len(page.all("h1")) != 1 or len(page.all("title")) != 1:
        yield "a page has one h1 and one title"
        return
    before, found, _ = page.title.partition(page.heading)
    has_errors = bool(page.all("[role=alert]"))
    if not found or bool(before) != has_errors:
        yield f"the title «{page.title}» does not start with «{page.heading}»" + (
            " after a word that there are errors" if has_errors else ""
        )


def _no_script(page: "Page") -> Iterator[str]:
    if page.all("script"):
        yield "there is a script"
    for tag in page.elements:
        for name, value in tag.attrs.items():
            if name.startswith("on") or name == "style":
                yield f"<{tag.name}> has the attribute {name}"
            if str(value).strip().lower().startswith("javascript:"):
                yield f"<{tag.name} {name}> is a script"


def _labels(page: "Page") -> Iterator[str]:
    for control in _controls(page):
        name = _get(control, "id") or _get(control, "name")
        if not _has_label(page, control):
            yield f"{name} has no label"
        if control.name == "input" and not control.has_attr("type"):
            yield f"{name} does not say its type"
        if _get(control, "type") == "radio" and not _legend(control):
            yield f"{name} is not in a fieldset with a legend"


def _controls(page: "Page") -> Iterator[Tag]:
    for tag in page.elements:
        if tag.name in CONTROLS and not (tag.name == "input" and _get(tag, "type") in UNSEEN):
            yield tag


def _has_label(page: "Page", control: Tag) -> bool:
    if control.find_parent("label") or control.has_attr("aria-label"):
        return True
    if control.has_attr("aria-labelledby"):
        return all(page.soup.find(id=one) for one in _get(control, "aria-labelledby").split())
    return bool(control.has_attr("id") and page.all(f'label[for="{control["id"]}"]'))


def _legend(control: Tag) -> Tag | None:
    group = control.find_parent("fieldset")
    return group.find("legend") if group else None


def _errors(page: "Page") -> Iterator[str]:
    for name, words in page.errors.items():
        if not words:
            yield f"the error at {name} is not tied to it"
    is_refused = page.response.status_code == 422
    if is_refused != bool(page.all("[role=alert]")) and page.response.status_code < 429:
        yield f"the status is {page.response.status}, and the page does not say it the same way"
    if page.errors and not is_refused and page.response.status_code < 429:
        yield f"{len(page.errors)} fields are marked and the status is {page.response.status}"
    for name in _without_summary(page):
        yield f"no link at the top leads to the error at {name}"


def _without_summary(page: "Page") -> Iterator[str]:
    targets = {_get(a, "href")[1:] for a in page.all('a[href^="#"]')}
    for marked in page.all("[aria-invalid=true]"):
        same = page.all(f'[name="{_get(marked, "name")}"]') if marked.has_attr("name") else []
        if not targets & {_get(one, "id") for one in [marked, *same]}:
            yield _get(marked, "name") or _get(marked, "id")


def _links(page: "Page") -> Iterator[str]:
    for link in page.all('a[href^="#"]'):
        if not page.soup.find(id=_get(link, "href")[1:]):
            yield f"the link {link['href']} leads nowhere"
    for tag in page.all("[aria-describedby]"):
        for one in _get(tag, "aria-describedby").split():
            if not page.soup.find(id=one):
                yield f"{tag.name} is described by {one}, which is not there"
    if not page.phone_numbers:
        yield "there is no phone number to ring"


def _language(page: "Page", expected: str | None) -> Iterator[str]:
    if expected is None and (match := CITIZEN_PATH.match(page.address)):
        expected = match.group(1)
    if not page.lang or (expected and page.lang.lower() != expected.lower()):
        yield f"the page says it is in «{page.lang}», not «{expected}»"
    for tag in [page.root, *(one for one in page.all("[lang]") if one.name != "html")]:
        # A name in another script finds its own way within a line.
        if tag.name in INLINE and not tag.has_attr("dir"):
            continue
        wanted = "rtl" if _get(tag, "lang") in RIGHT_TO_LEFT else "ltr"
        if _direction(tag) != wanted:
            yield f"<{tag.name} lang={_get(tag, 'lang')}> does not run {wanted}"


def _direction(tag: Tag) -> str:
    owner = tag if tag.has_attr("dir") else tag.find_parent(attrs={"dir": True})
    return _get(owner, "dir") if owner else "ltr"


def _budget(page: "Page") -> Iterator[str]:
    if not is_citizen_page(page):
        return
    size = len(gzip.compress(page.response.get_data(), 6, mtime=0))
    most = PAGE_BYTES.get(page.lang, PAGE_BYTES_ANY_SCRIPT)
    if size > most:
        yield f"{size} bytes gzipped, {most} allowed"
    style = "".join(tag.get_text() for tag in page.all("style"))
    if (size := len(gzip.compress(style.encode(), 6, mtime=0))) > STYLE_BYTES:
        yield f"{size} bytes of CSS gzipped, {STYLE_BYTES} allowed"
    if (size := header_bytes(page)) > HEADER_BYTES:
        yield f"{size} bytes of headers, {HEADER_BYTES} allowed"
    if page.all("link[rel=stylesheet], img[src], iframe, video, audio, object, embed"):
        yield "the page needs more than one request"


def _headers(page: "Page") -> Iterator[str]:
    headers = page.response.headers
    if headers.get("Content-Type") != "text/html; charset=utf-8":
        yield f"the content type is {headers.get('Content-Type')}"
    for name, part in HEADERS.items():
        if part not in headers.get(name, ""):
            yield f"{name} is «{headers.get(name)}»"
    for part in ("frame-ancestors 'none'", "base-uri 'none'", "form-action '"):
        if part not in headers.get("Content-Security-Policy", ""):
            yield f"the content security policy lacks {part}"
    if is_citizen_page(page) and "Set-Cookie" in headers:
        yield "a cookie is set"


def _caching(page: "Page") -> Iterator[str]:
    said = page.response.headers.get("Cache-Control", "")
    is_blank_form = page.response.request.method == "GET" and page.response.status_code == 200
    if not is_citizen_page(page) or not is_blank_form:
        wanted = ["no-store"]
    elif page.all("form[method=post] input[type=hidden][value]"):
        # Nothing of anybody's is on it; its form token is one person's all the same.
        wanted = ["no-store", "private"]
    else:
        wanted = ["public, max-age", "public,max-age", "no-store"]
    if not any(one in said for one in wanted):
        yield f"Cache-Control is «{said}», not {' or '.join(wanted)}"


def _get(tag: Tag, name: str) -> str:
    value = tag.get(name, "")
    return " ".join(value) if isinstance(value, list) else str(value)


def _stuck(page: "Page") -> Iterator[str]:
    # A terminal shows no borders: what stands without a space between reads as one word.
    for tag in page.all("a + a, a + button, button + a, button + button"):
        before = tag.previous_sibling
        if isinstance(before, Tag):
            yield f"no space between «{before.get_text()}» and «{tag.get_text()}»"


CHECKS = (
    _markup,
    _heading,
    _no_script,
    _labels,
    _errors,
    _links,
    _stuck,
    _budget,
    _headers,
    _caching,
)
