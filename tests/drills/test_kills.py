"""The server is killed while people send forms: nothing acknowledged is lost, nothing doubled."""

import random
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from nav_access.core import audit
from nav_access.core.db import Database
from tests.drills.forms import NEED, Ledger, Tally, compare, insist, receipt_code, send_forms
from tests.drills.site import Person, Site

pytestmark = pytest.mark.postgres_in_audit
PEOPLE = 4


def send_while_killing(site: Site, *, forms: int, kills: int) -> Ledger:
    """Let four people send forms while the server is killed at moments chosen by chance."""
    ledger, chance = Ledger(), random.Random(forms)
    with ThreadPoolExecutor(PEOPLE) as pool:
        people = [site.person(f"203.0.113.{n}") for n in range(PEOPLE)]
        sending = [pool.submit(send_forms, person, forms // PEOPLE, ledger) for person in people]
        for kill in range(1, kills + 1):
            while len(ledger.receipts) < forms * kill // (kills + 1):
                for one in sending:
                    if one.done():
                        one.result()
                time.sleep(0.002)
            time.sleep(chance.random() * 0.03)
            site.kill()
            site.start()
        for one in sending:
            one.result()
    return ledger


def drill(site: Site, database: Database, keyring, *, forms: int, kills: int) -> None:
    ledger = send_while_killing(site, forms=forms, kills=kills)
    print(f"{forms} forms, {kills} kills, {ledger.retries} retries: {compare(database, ledger)}")
    assert compare(database, ledger) == Tally(forms=forms, lost=0, doubled=0)
    assert all(len(codes) == 1 for codes in ledger.receipts.values())
    with database.read_session() as session:
        report = audit.verify(session, keyring)
    assert report.is_intact
    assert report.entries == forms


@pytest.mark.timeout(300)
def test_kills_lose_and_double_nothing(site, database, keyring):
    drill(site, database, keyring, forms=160, kills=6)


@pytest.mark.audit
def test_ten_thousand_forms_and_a_hundred_kills(site, database, keyring):
    drill(site, database, keyring, forms=10_000, kills=100)


def send_once(site: Site, ledger: Ledger) -> None:
    person = site.person()
    token = person.new_form()
    ledger.write(token, receipt_code(person, {**NEED, "token": token}))


def test_the_drill_notices_a_server_that_answers_before_it_stores(new_site, database):
    site, ledger = new_site(program=("tests.drills.faulty_serve", "late")), Ledger()
    for _ in range(3):
        site.start()
        send_once(site, ledger)
        site.kill()
    assert compare(database, ledger).lost > 0


def test_the_drill_notices_a_server_that_stores_a_form_twice(new_site, database):
    site, ledger = new_site(program=("tests.drills.faulty_serve", "forgetful")), Ledger()
    site.start()
    send_forms(site.person(), 1, ledger)
    assert compare(database, ledger).doubled == 1


def send_at_once(sites: list[Site], copies: int) -> set[str]:
    """Send copies of one form at the same time and return the codes on the receipts."""
    fields = {**NEED, "token": sites[0].person().new_form()}

    def send(person: Person) -> str:
        # A copy that is told to try again does, as a person would.
        return insist(lambda: receipt_code(person, fields), Ledger())

    with ThreadPoolExecutor(copies) as pool:
        return set(pool.map(send, [sites[n % len(sites)].person() for n in range(copies)]))


@pytest.mark.parametrize("servers", [1, 2])
def test_a_form_sent_five_times_at_once_is_one_case(new_site, database, servers):
    sites = [new_site() for _ in range(servers)]
    for site in sites:
        site.start()
    for _ in range(10):
        assert len(send_at_once(sites, copies=5)) == 1
    assert compare(database, Ledger()).doubled == 10
