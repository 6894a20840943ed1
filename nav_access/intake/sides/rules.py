"""Pure decisions on two sides at one desk: who has a need, who may hand it over, who may answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from nav_access.intake.codes import EventKind, Need
from nav_access.intake.rules import Happening
from nav_access.intake.sides.codes import NeedStatus
from nav_access.staff.codes import Side

DEFAULT_SIDES: Mapping[Need, Side] = MappingProxyType(
    {
        Need.FOOD: Side.MUNICIPAL,
        Need.ELECTRICITY: Side.MUNICIPAL,
        Need.HOUSING: Side.MUNICIPAL,
        Need.MONEY: Side.BOTH,
        Need.LETTER: Side.BOTH,
        Need.OTHER: Side.BOTH,
    }
)
"""Which side has a need before anybody has said otherwise.

Food and electricity are money to live on, §§ 18 and 19 of the social services act (lov 18.12.2009
nr 131), and somewhere to sleep is § 27: the municipality's by § 3. Other money may be that or a
benefit of the state's, and a letter may come from either; advice is owed by the municipality too,
§ 17. What only one of them looked at would be lost when it is the other's, so both have these.
"""

OTHER = MappingProxyType({Side.MUNICIPAL: Side.STATE, Side.STATE: Side.MUNICIPAL})


@dataclass(frozen=True, slots=True)
class NeedState:
    """Who has a need, and where the work with it stands."""

    side: Side
    status: NeedStatus = NeedStatus.WAITING


def default_state(need: str) -> NeedState:
    """Return where a need stands before anything happened to it."""
    return NeedState(DEFAULT_SIDES.get(Need(need), Side.BOTH))


def works_for(mine: Side | None, side: Side) -> bool:
    """Say whether somebody who works on the side `mine` (None: on none) acts for a side."""
    return mine is not None and (Side.BOTH in (mine, side) or mine is side)


def find_receiver(owner: Side, to: Side) -> Side:
    """Return who answers when a need goes from its owner to a side: to both, the one without it."""
    return OTHER[owner] if to is Side.BOTH else to


def may_offer(mine: Side | None, owner: Side, to: Side) -> bool:
    """Say whether somebody on the side `mine` may offer a need of its owner to a side.

    Nobody offers to themselves: what both have, one of them alone does not take from the other.
    """
    if to is owner or not works_for(mine, owner):
        return False
    return mine is Side.BOTH or find_receiver(owner, to) is not mine


def may_answer(mine: Side | None, owner: Side, to: Side) -> bool:
    """Say whether somebody on the side `mine` answers an offer from its owner to a side."""
    return works_for(mine, find_receiver(owner, to))


def derive_needs(needs: Iterable[str], events: Iterable[Happening]) -> dict[str, NeedState]:
    """Return where each need stands after a case's events."""
    states = {need: default_state(need) for need in needs}
    for event in events:
        states |= _changes(event, states)
    return states


def _changes(event: Happening, states: Mapping[str, NeedState]) -> dict[str, NeedState]:
    if event.kind is EventKind.HANDOVER_ACCEPTED:
        side = Side(event.detail["to_side"])
        return {need: replace(states[need], side=side) for need in event.detail["needs"]}
    if event.kind is EventKind.NEED_CHANGED:
        changed = event.detail["statuses"].items()
        return {need: replace(states[need], status=NeedStatus(code)) for need, code in changed}
    return {}
