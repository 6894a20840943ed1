"""axe-core: WCAG 2.0 to 2.2 at A, AA and AAA, and good practice."""

from tests.checks.browser import NODE_MODULES, Window

NAME, PACKAGE = "axe-core", "axe-core"
TAGS = ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (tags) => {
  const rules = {};
  // AAA rules are off unless each is named.
  for (const rule of axe.getRules(tags)) rules[rule.ruleId] = {enabled: true};
  const found = await axe.run(document, {
    runOnly: {type: 'tag', values: tags}, rules, preload: false,
    // Only what is wrong is gathered, and nobody asks for its selector.
    resultTypes: ['violations'], reporter: 'no-passes', selectors: false});
  return found.violations.flatMap(rule => rule.nodes.map(node => {
    const why = node.any.concat(node.all, node.none)[0];
    return `${rule.id}: ${why ? why.message : rule.help} in ${node.html.slice(0, 120)}`;
  }));
}"""


def complaints(window: Window) -> list[str]:
    """Return what axe finds wrong with the page the window shows."""
    window.run((NODE_MODULES / "axe-core/axe.min.js").read_text())
    found: list[str] = window.run(RUN, TAGS)
    return found
