"""Whatever happens in whatever order: what is stored is what the events add up to."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nav_access.intake import handling, person
from nav_access.intake.codes import CaseStatus, CloseReason, ContactOutcome, Need
from nav_access.intake.errors import CaseNotFound, NotAnswered, NotNow
from nav_access.intake.rules import derive
from nav_access.intake.sides import needs, service
from nav_access.intake.sides.codes import NeedStatus, OfferReason, OfferState, ReturnReason
from nav_access.intake.sides.errors import (
    AlreadyOffered,
    NoSuchOffice,
    NothingChanged,
    NotTheirSide,
    OfferGone,
)
from nav_access.intake.sides.needs import read_states
from nav_access.intake.sides.rules import derive_needs
from nav_access.staff.codes import Side

REFUSALS = (
    AlreadyOffered,
    CaseNotFound,
    NotAnswered,
    NotNow,
    NoSuchOffice,
    NotTheirSide,
    NothingChanged,
    OfferGone,
)
WHY = OfferReason.TOGETHER, None
NEEDS = st.lists(st.sampled_from([Need.FOOD, Need.MONEY]), min_size=1, unique=True)
ACTS = st.one_of(
    st.tuples(st.just(service.offer_needs), NEEDS, st.sampled_from(Side), *map(st.just, WHY)),
    st.tuples(
        st.just(service.offer_case),
        st.sampled_from(["nav-eikevik", "nav-granvik"]),
        *map(st.just, WHY),
    ),
    st.tuples(st.just(service.accept), st.integers(1, 4)),
    st.tuples(st.just(service.take_back), st.integers(1, 4)),
    st.tuples(
        st.just(service.give_back), st.integers(1, 4), st.sampled_from(ReturnReason), st.none()
    ),
    st.tuples(
        st.just(needs.set_statuses),
        st.dictionaries(st.sampled_from([Need.FOOD, Need.MONEY]), st.sampled_from(NeedStatus)),
    ),
    st.tuples(st.just(handling.log_contact), st.just(ContactOutcome.ANSWERED), st.none()),
    st.tuples(st.just(handling.close_case), st.just(CloseReason.DUPLICATE), st.none()),
    st.tuples(st.just("withdraw")),
    st.tuples(st.just("undo")),
)
PEOPLE = st.sampled_from(["mona", "stein", "lise", "stranger"])


def act(desk, who, verb, arguments, first):
    if isinstance(verb, str):
        do = person.withdraw if verb == "withdraw" else person.undo_withdrawal
        with desk.database.unit_of_work() as session:
            do(session, desk.number, keyring=desk.keyring, now=desk.now)
        return
    if verb in (service.accept, service.take_back, service.give_back):
        arguments = (arguments[0] + first, *arguments[1:])
    desk.act(verb, getattr(desk, who), *arguments)


def check(desk, case_id):
    with desk.database.read_session() as session:
        stored = read_states(session, case_id, ["food", "money"])
    happened = desk.happenings()
    assert derive(happened) == desk.state()
    assert derive_needs(["food", "money"], happened) == stored
    is_over = desk.state().status in (CaseStatus.CLOSED, CaseStatus.WITHDRAWN)
    waiting = [one.need for one in desk.offers(OfferState.OPEN)]
    assert len(waiting) == len(set(waiting))
    assert not (is_over and waiting)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(st.lists(st.tuples(PEOPLE, ACTS), max_size=8))
def test_the_stored_state_is_what_the_events_add_up_to(desk, acts):
    desk.begin()
    probe = desk.offer()
    case_id = desk.offers()[0].case_id
    for who, (verb, *arguments) in acts:
        desk.now += timedelta(minutes=5)
        try:
            act(desk, who, verb, arguments, probe - 1)
        except REFUSALS:
            continue
    check(desk, case_id)
