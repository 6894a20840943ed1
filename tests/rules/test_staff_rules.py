"""What staff may do with a case, decided from its state alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from nav_access.intake import staff_rules
from nav_access.intake.codes import CaseStatus, CloseReason, DeadlineReason, EventKind, Urgency
from nav_access.intake.rules import CaseState

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
WAITING = CaseState(CaseStatus.WAITING, Urgency.URGENT, NOW, 1)
ANSWERED = replace(WAITING, status=CaseStatus.ANSWERED, answered_utc=NOW)


def test_no_reason_to_close_is_silence():
    for reason in CloseReason:
        assert "reach" not in reason


@pytest.mark.parametrize("reason", CloseReason)
def test_after_an_answer_every_reason_may_close(reason):
    assert staff_rules.may_close(ANSWERED, reason)


def test_before_an_answer_only_reasons_that_leave_the_person_with_someone():
    expected = (CloseReason.HANDED_OVER, CloseReason.DUPLICATE)
    assert staff_rules.list_close_reasons(WAITING) == expected


def test_a_person_who_writes_again_must_be_answered_again():
    waiting_again = replace(ANSWERED, status=CaseStatus.WAITING, answered_utc=None)
    assert not staff_rules.may_close(waiting_again, CloseReason.HELPED)


def test_a_closed_case_cannot_be_closed():
    closed = replace(ANSWERED, status=CaseStatus.CLOSED)
    assert staff_rules.list_close_reasons(closed) == ()


def test_a_withdrawn_case_takes_notes_only():
    withdrawn = replace(WAITING, status=CaseStatus.WITHDRAWN)
    assert staff_rules.list_acts(withdrawn, 1) == {EventKind.NOTE_WRITTEN}


def test_one_lets_go_of_ones_own_and_takes_over_anothers():
    mine = staff_rules.list_acts(replace(WAITING, claimed_by=1), 1)
    another = staff_rules.list_acts(replace(WAITING, claimed_by=2), 1)
    assert EventKind.RELEASED in mine - another
    assert EventKind.CLAIMED in another - mine


def test_only_a_waiting_case_has_a_deadline_to_change():
    for status in set(CaseStatus) - {CaseStatus.WAITING}:
        acts = staff_rules.list_acts(replace(WAITING, status=status), 1)
        assert EventKind.DEADLINE_CHANGED not in acts


@pytest.mark.parametrize(
    ("urgency", "reason", "expected"),
    [
        (Urgency.URGENT, DeadlineReason.MORE_URGENT, Urgency.ACUTE),
        (Urgency.ACUTE, DeadlineReason.MORE_URGENT, Urgency.ACUTE),
        (Urgency.URGENT, DeadlineReason.LESS_URGENT, Urgency.ORDINARY),
        (Urgency.ORDINARY, DeadlineReason.LESS_URGENT, Urgency.ORDINARY),
        (Urgency.URGENT, DeadlineReason.AGREED_WITH_PERSON, Urgency.URGENT),
    ],
)
def test_a_reason_about_urgency_moves_one_step(urgency, reason, expected):
    assert staff_rules.decide_urgency_after(urgency, reason) is expected


def test_a_deadline_lies_ahead():
    assert staff_rules.may_be_deadline(NOW + timedelta(seconds=1), NOW)
    assert not staff_rules.may_be_deadline(NOW, NOW)
    assert not staff_rules.may_be_deadline(NOW + timedelta(days=61), NOW)
