"""The page without its style, and without its pictures: nothing is lost and all is in order."""

from tests.checks.browser import Window

# Words and names as they stand before and after; the style goes first, then the pictures.
LOOK = """() => {
  for (const one of document.querySelectorAll('details')) one.open = true;
  const found = [];
  const words = one => one.innerText.toLowerCase().replace(/\\s+/g, ' ').trim();
  const parts = () => [...document.querySelectorAll('h1, h2, h3, p, li, legend, label, td, th')];
  const said = new Map(parts().filter(one => one.getClientRects().length)
    .map(one => [one, words(one)]));
  const named = [...document.querySelectorAll('a[href], button')];
  for (const sheet of [...document.styleSheets]) sheet.disabled = true;
  for (const [one, before] of said)
    if (words(one) !== before && words(one).replace(/ /g, '') !== before.replace(/ /g, ''))
      found.push(`without style «${before.slice(0, 60)}» becomes «${words(one).slice(0, 60)}»`);
  for (const one of document.querySelectorAll(
      'a[href], button, input:not([type=hidden]), select, textarea')) {
    const box = one.getBoundingClientRect(), html = one.outerHTML.slice(0, 100);
    if (!box.width || !box.height) found.push(`not there without style: ${html}`);
    if (box.right < 0 || box.left > innerWidth && document.documentElement.scrollWidth < box.left)
      found.push(`out of reach without style: ${html}`);
  }
  for (const one of document.querySelectorAll(
      'input:not([type=hidden]), select, textarea')) {
    const labels = [...one.labels || []];
    const lines = labels.filter(label => words(label) && label.getClientRects().length);
    if (!lines.length && !one.hasAttribute('aria-label') && !one.hasAttribute('aria-labelledby'))
      found.push(`no words stand beside ${one.outerHTML.slice(0, 100)}`);
  }
  for (const icon of document.querySelectorAll('svg[aria-hidden]'))
    if (icon.getBoundingClientRect().width > 48)
      found.push(`large without style: ${icon.outerHTML.slice(0, 100)}`);
  for (const picture of document.querySelectorAll('svg, img, canvas, picture, video'))
    picture.remove();
  for (const one of named)
    if (!words(one) && !one.getAttribute('aria-label'))
      found.push(`says nothing without its picture: ${one.outerHTML.slice(0, 100)}`);
  return found;
}"""


def complaints(window: Window) -> list[str]:
    """Return what is lost when styles, and then pictures, are off; the page is spent after it."""
    found: list[str] = window.run(LOOK)
    return found
