"""Random histories through the real verbs: what the real queries show is what an oracle allows.

The oracle knows no row and no rule: it reads the history from its start, and asks at every step
and at every edge of a time who may see what.
"""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from nav_access.core.clock import to_oslo
from nav_access.intake import person
from nav_access.intake.acting import lines, queries, service
from nav_access.intake.acting.codes import Lasting, Scope
from nav_access.intake.acting.models import Consent
from nav_access.intake.errors import CaseNotFound, NotNow
from nav_access.intake.safe_contact import Greeting, greeting
from nav_access.intake.wishes import find_wishes
from nav_access.partners import service as partners
from nav_access.partners.codes import AgencyRole
from nav_access.partners.errors import AgreementNotFound, MemberElsewhere, MemberNotFound
from tests.partner_factory import TERMS, YES, Agencies

ACTS = (
    "take over",
    "person ends",
    "office ends",
    "agency ends",
    "agreement ends",
    "agreement begins",
    "member leaves",
    "member joins",
    "withdraw",
    "undo",
)
HISTORIES = st.lists(
    st.tuples(
        st.sampled_from([1, 30, 60 * 24, 60 * 24 * 9]),
        st.sampled_from(ACTS),
        st.sampled_from(["ida", "jon", "eva"]),
    ),
    max_size=8,
)
SCOPES = st.frozensets(st.sampled_from([Scope.FOLLOW, Scope.MESSAGES, Scope.CALLED]))
FACTS = (CaseNotFound, NotNow, AgreementNotFound, MemberElsewhere, MemberNotFound)


class World:
    """One case, and everything that was really done about it, at the time it was done."""

    def __init__(self, agencies: Agencies, scope: frozenset[Scope]) -> None:
        self.agencies, self.scope, self.begin = agencies, scope, agencies.now
        self.done: list[tuple] = []
        self.number = agencies.send(
            replace(YES, scope=scope, lasting=Lasting.DAYS_14), office=agencies.slug
        ).number
        with agencies.database.read_session() as session:
            self.consent_id = session.scalars(
                select(Consent.id).order_by(Consent.id.desc()).limit(1)
            ).one()
        self.agreements = [agencies.agreement_id]

    def run(self, act: str, name: str, at) -> None:
        """Try to do it; what was refused did not happen."""
        who = getattr(self.agencies, name)
        try:
            self._run(act, who, at)
        except FACTS:
            return
        self.done.append((at, act, name))

    def _run(self, act: str, who, at) -> None:
        do, number = self.agencies.act, self.number
        member = self.agencies.find_member(who, at)
        if act in ("take over", "agency ends"):
            if member is None:
                raise CaseNotFound
            verb = service.take_over if act == "take over" else service.end_by_agency
            do(verb, member, number, at=at)
        elif act == "person ends":
            do(service.end_by_person, number, self.consent_id, at=at)
        elif act == "office ends":
            do(service.end_by_office, self.agencies.anne, number, self.consent_id, at=at)
        elif act in ("withdraw", "undo"):
            do(person.withdraw if act == "withdraw" else person.undo_withdrawal, number, at=at)
        else:
            with self.agencies.database.unit_of_work() as session:
                self._administer(session, act, who, at)

    def _administer(self, session, act: str, who, at) -> None:
        agency_id, given_ = self.agencies.agency_id, {"actor": "cli", "now": at}
        if act == "agreement ends":
            partners.end_agreement(session, self.agreements[-1], **given_)
        elif act == "agreement begins":
            terms = replace(TERMS, valid_from=to_oslo(at).date())
            self.agreements.append(partners.add_agreement(session, agency_id, terms, **given_))
        elif act == "member leaves":
            partners.end_member(session, agency_id, who.staff_id, **given_)
        else:
            partners.add_member(session, agency_id, who.staff_id, AgencyRole.MEMBER, **given_)

    def allowed(self, name: str, at) -> tuple[bool, frozenset[Scope]]:
        """Say from the history alone what somebody may see at an instant."""
        members, rivals, holder = {"ida", "jon"}, {"eva"}, "ida"
        is_given = is_standing = True
        agreements = 1
        for when, act, whose in self.done:
            if when > at:
                break
            if act == "take over" and whose in members and is_given:
                holder = whose
            is_given = is_given and not act.startswith(("person", "office", "agency"))
            agreements += {"agreement ends": -1, "agreement begins": 1}.get(act, 0)
            members -= {whose} if act == "member leaves" else set()
            members |= {whose} if act == "member joins" and whose not in rivals else set()
            is_standing = {"withdraw": False, "undo": True}.get(act, is_standing)
        last = self.begin.replace(hour=23, minute=0, second=0) + timedelta(days=14)
        is_open = is_given and is_standing and agreements > 0 and at < last
        is_known = is_open and name in members
        may = is_known and name == holder
        return is_known, self.scope | {Scope.SEND} if may else frozenset()

    def shown(self, name: str, at) -> tuple[bool, frozenset[Scope]]:
        """Ask the real queries, as a page would."""
        member = self.agencies.find_member(getattr(self.agencies, name), at)
        if member is None:
            return False, frozenset()
        with self.agencies.database.read_session() as session:
            keyring = self.agencies.keyring
            rows = queries.list_cases(session, member, now=at).rows
            is_listed = self.number in [row.number for row in rows]
            try:
                case = queries.get_case(session, member, self.number, keyring=keyring, now=at)
            except CaseNotFound:
                assert not is_listed
                return False, frozenset()
        assert is_listed
        assert (case.followed is not None) is (Scope.FOLLOW in case.sight.scope)
        assert (case.name is not None) is bool(case.sight.scope)
        return True, case.sight.scope

    def is_reached(self, at) -> tuple[bool, bool, bool]:
        """Say whether the agency is rung, and told, and whether the person themselves is rung."""
        with self.agencies.database.read_session() as session:
            case_id = session.get(Consent, self.consent_id).case_id
            is_rung = lines.find_line(session, case_id, at) is not None
            is_told = bool(lines.list_mailboxes(session, case_id, at))
            wishes = find_wishes(session, case_id, at)
        not_rung = {Greeting.DO_NOT_RING, Greeting.RING_HELPER}
        return is_rung, is_told, not not_rung & set(greeting(wishes))


@pytest.mark.postgres_in_audit
@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(SCOPES, HISTORIES)
def test_what_is_visible_is_what_is_allowed_at_every_moment(fresh_agencies, scope, history):
    world = World(fresh_agencies(), scope)
    at = world.begin
    for minutes, act, name in [*history, (60 * 24 * 20, "undo", "ida")]:
        before, at = at, at + timedelta(minutes=minutes)
        last = world.begin.replace(hour=23, minute=0, second=0) + timedelta(days=14)
        edges = [last - timedelta(microseconds=1), last]
        if before <= at:
            check(world, [moment for moment in edges if before <= moment <= at])
        world.run(act, name, at)
        check(world, [at, at + timedelta(microseconds=1)])


def check(world: World, moments) -> None:
    for at in moments:
        for name in ("ida", "jon", "eva"):
            assert world.shown(name, at) == world.allowed(name, at), (name, at, world.done)
        scope = frozenset().union(*(world.allowed(name, at)[1] for name in ("ida", "jon")))
        reached = Scope.CALLED in scope, Scope.MESSAGES in scope, Scope.CALLED not in world.scope
        assert world.is_reached(at) == reached
