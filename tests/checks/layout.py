"""What only a browser can measure: sideways scroll and the size of what is pressed."""

from collections.abc import Iterable

from tests.checks.browser import Window

SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important;
  word-spacing: .16em !important } p { margin-bottom: 2em !important }"""
# One question for all of it: asking costs more than measuring. The sheet is an adopted one,
# because the page's content policy would keep an added style element from working.
MEASURE = """([least, spacing]) => {
  const root = document.documentElement;
  const overflow = () => root.scrollWidth - root.clientWidth;
  const small = [...document.querySelectorAll(
      'button, select, input:not([type=hidden], [type=radio], [type=checkbox]), textarea, ' +
      'summary, label:has(input)')]
    .filter(one => one.tabIndex !== -1)
    .map(one => [one, one.getBoundingClientRect()])
    .filter(([one, box]) => box.width && (box.height < least || box.width < least))
    .map(([one, box]) => `${Math.round(box.width)}×${Math.round(box.height)} pixels: ` +
      one.outerHTML.slice(0, 120));
  const plain = overflow();
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(spacing);
  document.adoptedStyleSheets = [sheet];
  const spaced = overflow();
  document.adoptedStyleSheets = [];
  return [small, plain, spaced];
}"""
LEAST_PIXELS = 44


def complaints(window: Window, least: int = LEAST_PIXELS) -> list[str]:
    """Return what does not fit the window, plain and with the text spaced out."""
    small, plain, spaced = window.run(MEASURE, [least, SPACING])
    return [*small, *_too_wide(plain, ""), *_too_wide(spaced, " when text is spaced out")]


def complaints_at(window: Window, widths: Iterable[int]) -> list[str]:
    """Return what does not fit windows as wide as these, one after another."""
    found = []
    for width in widths:
        window.resize(width)
        found += [f"{width} pixels wide: {said}" for said in complaints(window)]
    return found


def _too_wide(pixels: int, when: str) -> list[str]:
    return [f"scrolls {pixels} pixels sideways{when}"] if pixels > 0 else []
