"""Forced colours, as people with low vision choose them: all that is pressed still has an edge."""

from tests.checks.browser import Window

# The browser takes every background away: a control is known by its border or its underline.
LOOK = """() => {
  for (const one of document.querySelectorAll('details')) one.open = true;
  const width = (style, side) =>
    style[`border${side}Style`] === 'none' ? 0 : parseFloat(style[`border${side}Width`]);
  const isNative = one => one.matches('[type=radio], [type=checkbox]');
  const hasEdge = one => {
    const style = getComputedStyle(one);
    if (isNative(one)) return style.appearance !== 'none';
    const edges = ['Top', 'Right', 'Bottom', 'Left'];
    return edges.every(side => width(style, side) >= 1
      && style[`border${side}Color`] !== style.backgroundColor);
  };
  const isUnderlined = one => getComputedStyle(one).textDecorationLine.includes('underline')
    || width(getComputedStyle(one), 'Bottom') >= 1;
  const found = [];
  const seen = one => one.getClientRects().length && one.tabIndex !== -1;
  for (const one of document.querySelectorAll(
      'a[href], button, input:not([type=hidden]), select, textarea')) {
    if (!seen(one)) continue;
    const html = one.outerHTML.slice(0, 100);
    if (!(hasEdge(one) || (one.tagName === 'A' && isUnderlined(one))))
      found.push(`no edge in forced colours: ${html}`);
    one.focus();
    const style = getComputedStyle(one);
    if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2
        || style.outlineColor === getComputedStyle(document.body).backgroundColor)
      found.push(`no focus ring in forced colours: ${html}`);
  }
  for (const svg of document.querySelectorAll('svg *')) {
    const style = getComputedStyle(svg), ground = getComputedStyle(document.body).backgroundColor;
    if (style.fill === ground && style.stroke === ground && svg.getClientRects().length)
      found.push(`cannot be seen in forced colours: ${svg.outerHTML.slice(0, 100)}`);
  }
  if (!matchMedia('(forced-colors: active)').matches) found.push('the colours are not forced');
  return found;
}"""


def complaints(window: Window) -> list[str]:
    """Return what cannot be made out when the person's own colours stand in for ours."""
    window.tab.emulate_media(forced_colors="active")
    found: list[str] = window.run(LOOK)
    window.tab.emulate_media(forced_colors="none")
    return found
