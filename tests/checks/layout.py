"""What only a browser can measure: sideways scroll and the size of what is pressed."""

from collections.abc import Iterable

from tests.checks.browser import Window

SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important } p { margin-bottom: 2em !important }"""
# An adopted sheet: the page's content policy would keep an added style element from working.
ADOPT = """(css) => { const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet]; }"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SMALL = """(least) => [...document.querySelectorAll(
    'button, select, input:not([type=hidden], [type=radio], [type=checkbox]), textarea, ' +
    'summary, label:has(input)')]
  .filter(one => one.tabIndex !== -1)
  .map(one => [one, one.getBoundingClientRect()])
  .filter(([one, box]) => box.width && (box.height < least || box.width < least))
  .map(([one, box]) => `${Math.round(box.width)}×${Math.round(box.height)} pixels: ` +
    one.outerHTML.slice(0, 120))"""
LEAST_PIXELS = 44


def complaints(window: Window) -> list[str]:
    """Return what does not fit the window, plain and with the text spaced out."""
    found = list(window.run(SMALL, LEAST_PIXELS))
    found += _too_wide(window, "")
    window.run(ADOPT, SPACING)
    found += _too_wide(window, " when text is spaced out")
    window.run(ADOPT, "")
    return found


def complaints_at(window: Window, widths: Iterable[int]) -> list[str]:
    """Return what does not fit windows as wide as these, one after another."""
    found = []
    for width in widths:
        window.resize(width)
        found += [f"{width} pixels wide: {said}" for said in complaints(window)]
    return found


def _too_wide(window: Window, when: str) -> list[str]:
    wide = window.run(OVERFLOW)
    return [f"scrolls {wide} pixels sideways{when}"] if wide > 0 else []
