"""HTML_CodeSniffer: its errors at WCAG level AAA (its warnings are questions for people)."""

from tests.checks.browser import NODE_MODULES, Window

NAME, PACKAGE = "HTML_CodeSniffer", "html_codesniffer"
RUN = """() => new Promise((done, fail) => HTMLCS.process('WCAG2AAA', document, () => done(
  HTMLCS.getMessages().filter(one => one.type === HTMLCS.ERROR).map(one =>
    `${one.code.split('.').slice(3).join('.')}: ${one.msg} in ` +
    (one.element.outerHTML || '').slice(0, 120))), fail, 'en'))"""


def complaints(window: Window) -> list[str]:
    """Return what HTML_CodeSniffer finds wrong with the page the window shows."""
    window.run((NODE_MODULES / "html_codesniffer/build/HTMLCS.js").read_text())
    found: list[str] = window.run(RUN)
    return found
