"""What an agency may see, against an oracle that asks for a reason to refuse; and small rules."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nav_access.intake.acting import rules
from nav_access.intake.acting.codes import Lasting, Outside, Scope
from nav_access.intake.acting.rules import Given, Sight, what_may_be_seen
from nav_access.intake.codes import Need
from nav_access.partners.codes import AgencyRole
from nav_access.partners.rules import Membership, Terms

BEGIN = datetime(2026, 11, 23, 12, tzinfo=UTC)


def instants(first: int, last: int) -> st.SearchStrategy[datetime]:
    """Halves of days from Monday noon: few enough that edges meet often."""
    return st.integers(first, last).map(lambda halves: BEGIN + timedelta(hours=12 * halves))


def days(first: int, last: int) -> st.SearchStrategy[date]:
    """Days from that Monday."""
    return st.integers(first, last).map(lambda n: date(2026, 11, 23) + timedelta(days=n))


def rarely(some: st.SearchStrategy) -> st.SearchStrategy:
    """Mostly nothing: otherwise hardly anything would ever be visible."""
    return st.integers(0, 3).flatmap(lambda n: st.none() if n else some)


PLACES = st.sampled_from(["0301", "0301", "4601"])
NEEDS = st.frozensets(st.sampled_from([Need.FOOD, Need.HOUSING, Need.LETTER]), min_size=1)
CONSENTS = st.builds(
    Given,
    agency_id=st.sampled_from([1, 2]),
    staff_id=st.sampled_from([11, 12]),
    scope=st.frozensets(st.sampled_from(Scope)).map(lambda scope: scope | {Scope.SEND}),
    municipality=PLACES,
    needs=NEEDS,
    given_utc=instants(-3, 1),
    until_utc=instants(1, 6),
    ended_utc=rarely(instants(-1, 6)),
)
TERMS = st.builds(
    Terms,
    municipalities=st.frozensets(PLACES, min_size=1),
    needs=NEEDS | st.just(frozenset(Need)),
    valid_from=days(-2, 1),
    valid_until=rarely(days(1, 3)),
    ended_utc=rarely(instants(-1, 6)),
)
MEMBERS = st.none() | st.builds(
    Membership,
    staff_id=st.sampled_from([11, 12]),
    agency_id=st.sampled_from([1, 2]),
    agency_name=st.just("havn"),
    role=st.sampled_from(AgencyRole),
    terms=st.just(()),
)


def why_not(consent: Given, terms: list[Terms], member: Membership, at: datetime) -> list[str]:
    """Return every reason why an agency is kept out; none means that it is let in."""
    reasons = []
    if consent.agency_id != member.agency_id:
        reasons.append("another agency's")
    if at < consent.given_utc or at >= consent.until_utc:
        reasons.append("not in its time")
    if consent.ended_utc and consent.ended_utc <= at:
        reasons.append("ended")
    day = str((at + timedelta(hours=1)).date())  # Norway is an hour ahead all November.
    for each in terms:
        is_over = each.ended_utc is not None and each.ended_utc <= at
        is_day = str(each.valid_from) <= day <= str(each.valid_until or "9999")
        asked = [need for need in consent.needs if need != "letter"]
        fits = consent.municipality in each.municipalities and all(n in each.needs for n in asked)
        if is_day and fits and not is_over:
            return reasons
    return [*reasons, "no agreement"]


@settings(max_examples=200)
@given(
    st.lists(CONSENTS, max_size=4),
    st.lists(TERMS, min_size=1, max_size=3),
    MEMBERS,
    instants(-1, 6),
)
def test_what_is_visible_is_what_is_allowed(consents, terms, member, at):
    seen = what_may_be_seen(consents, terms, member, at)
    if member is None:
        assert seen == Sight()
        return
    open_ = [each for each in consents if not why_not(each, terms, member, at)]
    own = [each for each in open_ if each.staff_id == member.staff_id]
    assert seen.is_known is bool(open_)
    assert seen.scope == {scope for each in own for scope in each.scope}
    assert seen.since_utc == min((each.given_utc for each in own), default=None)


def test_much_of_what_is_tried_is_visible():
    found = []

    @settings(max_examples=80, database=None)
    @given(CONSENTS, TERMS, MEMBERS.filter(bool), instants(-1, 6))
    def look(consent, terms, member, at):
        found.append(not why_not(consent, [terms], member, at))

    look()
    assert sum(found) > len(found) / 20


def test_a_consent_ends_with_its_last_norwegian_day():
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    until = rules.decide_until(Lasting.DAYS_14, late)
    assert until == datetime(2026, 12, 7, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "counted"), [(-5, 0), (0, 0), (1, 15), (15, 15), (16, 30), (61, 120), (999, 240)]
)
def test_time_spent_is_counted_coarsely(minutes, counted):
    assert rules.round_minutes(minutes) == counted


HERE = [Terms(frozenset({"0301"}), frozenset({Need.FOOD}), date(2026, 1, 1))]


@pytest.mark.parametrize(
    ("places", "needs", "found"),
    [
        ({"0301"}, {Need.FOOD}, "0301"),
        ({"0301", "4601"}, {Need.FOOD, Need.LETTER}, "0301"),
        ({"0301"}, {Need.LETTER}, "0301"),
        ({"0301"}, {Need.FOOD, Need.HOUSING}, Outside.NEED),
        ({"4601"}, {Need.FOOD}, Outside.PLACE),
        (set(), {Need.FOOD}, Outside.PLACE_UNKNOWN),
    ],
)
def test_a_request_is_covered_as_a_whole_or_not_at_all(places, needs, found):
    assert rules.find_covered(HERE, frozenset(places), needs) == found
