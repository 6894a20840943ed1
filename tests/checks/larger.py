"""Letters twice as large and spaced out at once: nothing is cut off or pushed out of sight."""

from tests.checks.browser import Window
from tests.checks.layout import SPACING

# Only what is meant to be seen: a heading for those who listen is a dot of one pixel.
MEASURE = """(spacing) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(spacing + ' html { font-size: 200% !important }');
  document.adoptedStyleSheets = [sheet];
  const found = [], root = document.documentElement;
  if (root.scrollWidth > root.clientWidth)
    found.push(`scrolls ${root.scrollWidth - root.clientWidth} pixels sideways in large letters`);
  for (const one of document.querySelectorAll('body *')) {
    const style = getComputedStyle(one);
    if (style.overflow === 'visible' || one.clientWidth < 2 || one.tagName === 'svg') continue;
    if (one.matches('textarea, select, input')) continue;
    if (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
      found.push(`cut off in large letters: ${one.outerHTML.slice(0, 100)}`);
  }
  const lines = [...document.querySelectorAll('a[href], button, label, h1, h2, p, li')]
    .filter(one => one.innerText.trim() && one.getClientRects().length
      && one.getBoundingClientRect().width > 1);
  for (const one of lines) {
    const box = one.getBoundingClientRect();
    if (box.left < -1 || box.right > root.clientWidth + 1)
      found.push(`reaches out of the window in large letters: ${one.outerHTML.slice(0, 100)}`);
  }
  document.adoptedStyleSheets = [];
  return found;
}"""


def complaints(window: Window) -> list[str]:
    """Return what is lost when letters are twice as large and stand apart."""
    found: list[str] = window.run(MEASURE, SPACING)
    return found
