"""Notes kept from some colleagues: the timeline says that there is one, and not its words."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import nav_access
from nav_access.intake import handling
from nav_access.intake.calling.sheet import get_call
from nav_access.intake.sides import service
from nav_access.intake.sides.codes import KeepReason, KeptFor
from nav_access.intake.sides.errors import MayNotKeep
from nav_access.staff.codes import Side

WORDS = "Innlagt siden mandag."


def keep(desk, kept_for, who):
    desk.act(handling.write_note, who, WORDS, keep=(kept_for, KeepReason.HEALTH))


def note(desk, who):
    return next(one for one in desk.open(who).events if one.kind == "note_written")


@pytest.fixture
def people(desk):
    """Everybody at the desk, and a colleague on the municipal side."""
    ida = replace(desk.anne, sides={desk.office_id: Side.MUNICIPAL})
    return {"mona": desk.mona, "ida": ida, "stein": desk.stein, "lise": desk.lise, "bo": desk.bo}


@pytest.mark.parametrize(
    ("kept_for", "readers"),
    [
        (KeptFor.MUNICIPAL, {"mona", "ida", "lise", "bo"}),
        (KeptFor.MANAGERS, {"mona", "lise"}),
    ],
)
def test_who_reads_the_words(desk, people, kept_for, readers):
    desk.begin()
    keep(desk, kept_for, desk.mona)
    found = {name for name, who in people.items() if note(desk, who).text == WORDS}
    assert found == readers


def test_others_see_who_wrote_it_and_why_it_is_kept(desk):
    desk.begin()
    keep(desk, KeptFor.MUNICIPAL, desk.mona)
    shown = note(desk, desk.stein)
    assert (shown.text, shown.is_withheld, shown.staff_name) == (None, True, "Mona")
    assert (shown.kept.why, shown.kept.kept_for) == (KeepReason.HEALTH, KeptFor.MUNICIPAL)


def test_a_note_stays_with_the_office_it_was_written_at(desk):
    desk.begin()
    keep(desk, KeptFor.MANAGERS, desk.mona)
    offer = desk.offer_whole()
    manager = replace(desk.stranger, managed_office_ids=frozenset({desk.other_id}))
    assert note(desk, manager).text is None
    desk.act(service.accept, manager, offer)
    assert note(desk, manager).text is None


def test_the_page_for_ringing_does_not_show_it_either(desk):
    number = desk.begin()
    keep(desk, KeptFor.MUNICIPAL, desk.mona)
    with desk.database.unit_of_work() as session:
        sheet = get_call(session, desk.stein, number, keyring=desk.keyring, now=desk.now)
    assert WORDS not in repr(sheet)


def test_nobody_keeps_a_note_for_the_other_side(desk):
    desk.begin()
    with pytest.raises(MayNotKeep):
        keep(desk, KeptFor.STATE, desk.mona)
    assert desk.kinds() == ["received"]


ASKS_THE_RULE = "intake/staff_queries.py"
OWN_WORDS_ONLY = "intake/acting/queries.py"
"""An agency reads what it wrote itself: never a note of the office's."""


def test_words_of_events_are_opened_where_the_rule_is_asked():
    root = Path(nav_access.__file__).parent
    opening = re.compile(r"\bopen_event_text\(")
    found = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if opening.search(path.read_text())
    }
    assert found == {"intake/sealing.py", ASKS_THE_RULE, OWN_WORDS_ONLY}
