"""What only a browser can measure: sideways scroll and the size of what is pressed."""

from tests.checks.browser import Window

SPACED = """() => { const style = document.createElement('style');
  style.textContent = '* { line-height: 1.5 !important; letter-spacing: .12em !important; ' +
    'word-spacing: .16em !important } p { margin-bottom: 2em !important }';
  document.head.append(style); }"""
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
    if (wide := window.run(OVERFLOW)) > 0:
        found.append(f"scrolls {wide} pixels sideways")
    window.run(SPACED)
    if (wide := window.run(OVERFLOW)) > 0:
        found.append(f"scrolls {wide} pixels sideways when text is spaced out")
    return found
