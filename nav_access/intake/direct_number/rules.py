"""Which of an office's lines a case gets: the same question has the same answer for everybody."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from nav_access.intake.codes import Need
from nav_access.intake.direct_number.codes import Split

FIRST_DAY, LAST_DAY = 1, 31


@dataclass(frozen=True, slots=True)
class PolicyLine:
    """A line of the policy: for `needs`, for days of birth from–to, or for all the others."""

    line_id: int
    needs: frozenset[str] = frozenset()
    days: tuple[int, int] | None = None

    @property
    def is_for_others(self) -> bool:
        """Whether it takes everybody no other line is for."""
        return not self.needs and self.days is None


def choose_line(
    split: Split, lines: Iterable[PolicyLine], needs: Collection[str], birth_day: int | None = None
) -> int | None:
    """Return the line's id; None when the office gives no numbers, or has no line for the rest.

    Of several needs the one that stands first among the codes decides: food before electricity
    before housing. Whose day of birth nobody knows gets the line for the others.
    """
    known = list(lines)
    others = next((line for line in known if line.is_for_others), None)
    chosen = None
    if split is Split.NOBODY:
        return None
    if split is Split.NEED:
        chosen = _by_need(known, needs)
    elif split is Split.BIRTH_DAY and birth_day is not None:
        chosen = next((one for one in known if one.days and _holds(one.days, birth_day)), None)
    found = chosen or others
    return found.line_id if found else None


def leaves_nobody_out(split: Split, lines: Collection[PolicyLine]) -> bool:
    """Say whether a policy gives everybody a number, or nobody; and no day twice."""
    if split is Split.NOBODY:
        return True
    days = [line.days for line in lines if line.days]
    is_apart = not any(_holds(one, other[0]) for one in days for other in days if one is not other)
    has_others = sum(line.is_for_others for line in lines) == 1
    return has_others and is_apart


def _by_need(lines: Collection[PolicyLine], needs: Collection[str]) -> PolicyLine | None:
    in_order = (need for need in Need if need in needs)
    found = (line for need in in_order for line in lines if need in line.needs)
    return next(found, None)


def _holds(days: tuple[int, int], day: int) -> bool:
    return days[0] <= day <= days[1]
