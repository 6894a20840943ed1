"""A walk with the Tab key alone: every stop is reached, in reading order, and is seen."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from tests.checks.browser import Window

LEAST_OUTLINE = 2
FIELD_PARTS = 6
"""A field for a date or a time is several stops of its own."""
SPARE_KEYS = 8
"""From the last stop the browser's own come before the first one has its turn."""
TAB = {"key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
# Of a group of radio buttons only one is a stop; the arrow keys lead to the others.
# What has the focus is looked at when the next key goes down: by then it has been scrolled to.
BEGIN = """() => {
  for (const one of document.querySelectorAll('details')) one.open = true;
  const stops = [...document.querySelectorAll(
      'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]')]
    .filter(one => one.tabIndex >= 0 && one.getClientRects().length);
  const isOfGroup = (one, other) => other.type === 'radio' && other.form === one.form
    && other.name === one.name;
  const isTheOne = one => {
    if (one.type !== 'radio') return true;
    const group = stops.filter(other => isOfGroup(one, other));
    return one === (group.find(other => other.checked) || group[0]);
  };
  const expected = stops.filter(isTheOne);
  const isCovered = (one, box) => {
    const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
    const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return left >= right || top >= bottom || !there
      || !(one.contains(there) || there.contains(one));
  };
  window.walked = [];
  window.look = () => {
    const one = document.activeElement, box = one.getBoundingClientRect();
    if (one === document.body) return;
    const style = getComputedStyle(one);
    walked.push({
      number: expected.indexOf(one), html: one.outerHTML.slice(0, 100),
      outline: style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth),
      in_list: !!one.closest('[role=alert]'), covered: isCovered(one, box),
      top: box.top + scrollY, bottom: box.bottom + scrollY,
      left: box.left, right: box.right,
      is_rtl: getComputedStyle(one.parentElement).direction === 'rtl'});
  };
  document.addEventListener('keydown', look, true);
  const first = document.activeElement;
  return [expected.map(one => one.outerHTML.slice(0, 100)),
    first === document.body ? '' : first.getAttribute('role') || first.tagName,
    !!document.querySelector('[role=alert] li a')];
}"""
WALKED = "() => { look(); return walked }"

Stop = dict[str, Any]


@dataclass(frozen=True)
class Walk:
    """The stops there are, what had the focus at first, whether there is a list of what is left
    to do, and each stop as it was when it had the focus."""

    expected: list[str]
    first: str
    has_list: bool
    stops: list[Stop]


def walk(window: Window) -> Walk:
    """Press Tab until every stop has had its turn, wherever the page put the focus at first."""
    expected, first, has_list = window.run(BEGIN)
    parts = sum(FIELD_PARTS for one in expected if 'type="date"' in one or 'type="time"' in one)
    for _ in range(len(expected) + parts + SPARE_KEYS):
        for kind in ("rawKeyDown", "keyUp"):
            window.session.send("Input.dispatchKeyEvent", {"type": kind, **TAB})
    return Walk(expected, first, has_list, window.run(WALKED))


def complaints(window: Window) -> list[str]:
    """Return what somebody without a mouse does not reach, or does not see that they reached."""
    walked = walk(window)
    return [*_unreached(walked), *_unseen(walked), *_out_of_order(walked)]


def _unreached(walked: Walk) -> Iterator[str]:
    reached = {stop["number"] for stop in walked.stops}
    for number, html in enumerate(walked.expected):
        if number not in reached:
            yield f"Tab never reaches {html}"


def _unseen(walked: Walk) -> Iterator[str]:
    for stop in walked.stops:
        if stop["outline"] < LEAST_OUTLINE:
            yield f"nothing shows the focus on {stop['html']}"
        if stop["covered"]:
            yield f"the focus is out of sight on {stop['html']}"


def _out_of_order(walked: Walk) -> Iterator[str]:
    if walked.stops and not walked.first and walked.stops[0]["number"] != 0:
        yield f"Tab begins at {walked.stops[0]['html']}"
    for one, then in pairwise(stop for stop in walked.stops if stop["number"] >= 0):
        if then["number"] not in {one["number"], one["number"] + 1, 0}:
            yield f"Tab leaps from {one['html']} to {then['html']}"
        if then["number"] == one["number"] + 1 and _stands_before(then, one):
            yield f"{then['html']} comes after {one['html']} and stands before it"


def _stands_before(one: Stop, other: Stop) -> bool:
    """Say whether somebody who reads line by line, column by column, meets one before the other."""
    shared = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    least = min(one["bottom"] - one["top"], other["bottom"] - other["top"])
    if shared > least / 2:
        return _start(one, one["is_rtl"]) < _start(other, one["is_rtl"]) - 1
    is_above = bool(one["bottom"] <= other["top"] + least / 2)
    return is_above and not _is_in_next_column(one, other)


def _start(stop: Stop, is_rtl: bool) -> float:
    return float(-stop["right"] if is_rtl else stop["left"])


def _is_in_next_column(one: Stop, other: Stop) -> bool:
    is_rtl = one["is_rtl"]
    end = -other["left"] if is_rtl else other["right"]
    return _start(one, is_rtl) >= end


def first_stops(window: Window) -> list[str]:
    """Return where the first key leads to the wrong place, on a page for everybody.

    It leads out; only where something is left to do the list of it is met first.
    """
    walked = walk(window)
    if "/leave" not in walked.expected[0]:
        return [f"the first stop is {walked.expected[0]}"]
    if walked.has_list:
        return _list_is_first(walked)
    is_first = not walked.first and walked.stops[0]["number"] == 0
    return [] if is_first else [f"Tab begins at {walked.stops[0]['html']}"]


def _list_is_first(walked: Walk) -> list[str]:
    if walked.first != "alert":
        return ["something is left to do, and the list of it does not have the focus"]
    return [] if walked.stops[1]["in_list"] else [f"Tab leads to {walked.stops[1]['html']}"]
