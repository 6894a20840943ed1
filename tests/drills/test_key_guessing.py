"""Guessing keys, many at once: exactly the budget is compared, and the holder still gets in."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event

from nav_access.core import references
from nav_access.core.db import Database
from nav_access.core.references import new_case_number
from nav_access.erasing.cases import erase_asked
from nav_access.intake import access, person
from tests.drills.forms import NEED, receipt_code
from tests.drills.site import Answer, Person, Site

pytestmark = pytest.mark.postgres_in_audit
GUESSES = 200
HANDS = 40
GUESSER = "198.51.100.9"
WRONG, TOO_MANY, OPENED, BUSY = 422, 429, 200, 503


@pytest.fixture
def code(site: Site) -> str:
    """The code of a case somebody at another address has just opened."""
    holder = site.person("203.0.113.77")
    return receipt_code(holder, {**NEED, "token": holder.new_form()})


def guess(sites: list[Site], codes: list[str], address: str = GUESSER) -> Counter[int]:
    """Try all codes from one address, forty at a time, and count the answers."""
    people = [sites[n % len(sites)].person(address) for n in range(HANDS)]

    def try_some(hand: int) -> list[int]:
        return [try_once(people[hand], code) for code in codes[hand::HANDS]]

    with ThreadPoolExecutor(HANDS) as pool:
        return Counter(status for some in pool.map(try_some, range(HANDS)) for status in some)


def try_once(person: Person, code: str) -> int:
    """Return the answer to a code; one that says «try again later» has compared nothing."""
    for _ in range(20):
        status = person.post("/en/case", {"code": code}).status
        if status != BUSY:
            return status
    return BUSY


def wrong_keys(number: str, count: int = GUESSES) -> list[str]:
    """Return codes for this case number whose keys are all wrong, or as good as surely so."""
    return [f"{number}{n:012d}" for n in range(count)]


def may_open(site: Site, code: str, address: str) -> bool:
    """Say whether somebody at this address gets in."""
    return site.person(address).post("/en/case", {"code": code}).status == OPENED


@pytest.mark.parametrize("servers", [1, 2])
def test_wrong_keys_for_one_case_are_compared_five_times(site, code, new_site, servers):
    sites = [site, *(new_site() for _ in range(servers - 1))]
    for further in sites[1:]:
        further.start()
    answers = guess(sites, wrong_keys(code[:8]))
    assert answers == {WRONG: access.TRIES_AT_ONE_CASE, TOO_MANY: GUESSES - 5}


def test_wrong_keys_for_many_cases_are_compared_thirty_times(site):
    codes = [wrong_keys(new_case_number(), 1)[0] for _ in range(GUESSES)]
    answers = guess([site], codes)
    assert answers == {WRONG: access.TRIES_AT_ALL_CASES, TOO_MANY: GUESSES - 30}


def test_the_holder_gets_in_while_others_guess(site, code):
    guess([site], wrong_keys(code[:8]))
    assert may_open(site, code, "203.0.113.77")
    assert not may_open(site, code, GUESSER)


def test_failing_at_other_cases_leaves_tries_for_ones_own(site, code):
    guess([site], wrong_keys(new_case_number(), 20))
    guess([site], wrong_keys(new_case_number(), 20))
    assert may_open(site, code, GUESSER)


def test_right_codes_use_up_no_tries(site, code):
    assert guess([site], [code] * 60) == {OPENED: 60}


def test_the_whole_subscriber_is_counted_not_each_of_its_addresses(site, code):
    codes = wrong_keys(code[:8], 20)
    answers = Counter(
        site.person(f"2001:db8:0:12{n:02x}::1").post("/en/case", {"code": wrong}).status
        for n, wrong in enumerate(codes)
    )
    assert answers == {WRONG: 5, TOO_MANY: 15}


class Watch:
    """Counts what opening a case costs: statements, and keys compared."""

    def __init__(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        self.statements: list[str] = []
        self.compared = 0
        event.listen(database.engine, "before_cursor_execute", self._note)
        real = references.verify_secret

        def counted(*arguments: object) -> object:
            self.compared += 1
            return real(*arguments)

        monkeypatch.setattr(references, "verify_secret", counted)

    def _note(self, _c, _cursor, statement: str, *_: object) -> None:
        self.statements.append(statement)


@pytest.fixture
def watch(app, monkeypatch) -> Watch:
    return Watch(app.extensions["nav_access"].database, monkeypatch)


@pytest.fixture
def cases(client, app) -> dict[str, str]:
    """A code for each reason not to open a case, and one that opens."""
    codes = {kind: send(client) for kind in ("right", "wrong", "erased", "withdrawn")}
    site = app.extensions["nav_access"]
    with site.database.unit_of_work() as session:
        number = codes["withdrawn"][:8]
        person.withdraw(session, number, keyring=site.keyring, now=site.clock())
        erase_asked(session, codes["erased"][:8], actor="cli", now=site.clock())
    wrong = "1" if codes["wrong"][-1] == "0" else "0"
    return {**codes, "wrong": codes["wrong"][:-1] + wrong, "unknown": new_case_number() + "1" * 12}


def send(client) -> str:
    """Ask for help and return the code."""
    form = client.get("/en/help")
    token = Answer(form.status_code, form.text).token
    receipt = client.post("/en/help", data={**NEED, "token": token})
    code = Answer(receipt.status_code, receipt.text).code
    assert code, receipt.text
    return code


CLOSED = ("unknown", "wrong", "erased", "withdrawn")


def test_every_reason_not_to_open_looks_the_same(client, cases):
    answers = {kind: client.post("/en/case", data={"code": cases[kind]}) for kind in CLOSED}
    pages = {a.text.replace(cases[kind], "the code") for kind, a in answers.items()}
    assert len(pages) == 1
    assert {a.status_code for a in answers.values()} == {WRONG}
    assert len({str(a.headers) for a in answers.values()}) == 1


def test_every_reason_not_to_open_costs_the_same(client, cases, watch):
    costs = {}
    for kind in CLOSED:
        watch.statements.clear()
        watch.compared = 0
        client.post("/en/case", data={"code": cases[kind]})
        costs[kind] = (watch.compared, tuple(watch.statements))
    assert len(set(costs.values())) == 1, costs
    assert costs["unknown"][0] == 1


def test_the_comparison_notices_a_page_that_differs(client, cases):
    right = client.post("/en/case", data={"code": cases["right"]})
    assert right.status_code == OPENED
    assert "Your case" in right.text
