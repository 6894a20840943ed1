"""Figures as supervisors and managers read them, on the page and as files."""

import csv
from io import StringIO

import pytest
from sqlalchemy import select, update

from nav_access.intake.centre.codes import TransferOutcome
from nav_access.intake.models import Case
from nav_access.offices.models import Office
from nav_access.web.reports import tables
from tests.page import page

BUSY = TransferOutcome.BUSY
OCTOBER = "period=2026-10"
SUBJECTS = ("gaps", "transfers", "messages", "direct-numbers", "agencies", "measures")


def rows_of(shown):
    """Return the rows of a page's first table, each cell without what its column is called."""
    rows = []
    for row in shown.all("table")[0].select("tbody tr, tfoot tr"):
        for label in row.select(".label"):
            label.decompose()
        rows.append([" ".join(cell.get_text().split()) for cell in row.select("th, td")])
    return rows


def read_file(answer):
    """Return a file's rows."""
    assert answer.mimetype == "text/csv"
    return list(csv.reader(StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


@pytest.fixture
def calls(followed):
    """Seven busy calls to the first office and three to the other."""
    followed.many(7, followed.transfer, BUSY)
    followed.many(3, followed.transfer, BUSY, followed.other_id)
    return followed


def test_a_supervisor_chooses_when_and_where_and_goes_on(calls):
    browser = calls.supervisor()
    form = page(browser.get("/reports/")).form('form[action="/reports/"]')
    sent = form.fill(period="2026-10", place="o.nav-eikevik").submit(browser)
    link = page(sent, lang="en").one('a[href*="transfers?"]')["href"]
    shown = page(browser.get(link), lang="en")
    assert "Nav Eikevik, October 2026" in shown.text
    few = ["fewer than 5"] * 2
    assert rows_of(shown)[0] == ["Nav Eikevik", *few, "7", few[0], "7 or more"]


def test_what_is_hidden_is_in_no_page_and_no_file(calls):
    browser = calls.supervisor()
    shown = page(browser.get(f"/reports/transfers?{OCTOBER}"))
    assert [row[0] for row in rows_of(shown)] == ["Nav Eikevik", "Together"]
    assert rows_of(shown)[-1][3] == "7 or more"
    assert "not in the table: 1." in shown.text
    link = shown.one('a[href*=".csv"]')["href"]
    file = read_file(browser.get(link))
    assert file[1:] == rows_of(page(browser.get(f"/reports/transfers?{OCTOBER}")))
    assert file[0][0] == "Office"


def test_a_manager_reads_of_their_own_office_alone(calls):
    browser = calls.manager(calls.other_id)
    shown = page(browser.get(f"/reports/transfers?{OCTOBER}"))
    assert "Nav Granvik, October 2026" in shown.text
    assert {row[0] for row in rows_of(shown)} == {"Nav Granvik", "Together"}
    home = page(browser.get("/reports/"))
    assert home.form('form[action="/reports/"]').choices("place") == {"", "o.nav-granvik"}
    for subject in SUBJECTS:
        for end in ("", "/offices.csv"):
            answer = browser.get(f"/reports/{subject}{end}?place=o.nav-eikevik")
            assert answer.status_code == 404


def test_people_are_counted_by_whole_months_and_the_page_says_so(calls):
    browser = calls.supervisor()
    asked = page(browser.get("/reports/transfers?period=2026-W47"))
    assert "You asked for Week 47, 2026." in asked.text
    assert not asked.all('a[rel="next"]')
    assert "7" in rows_of(asked)[0]
    gaps = page(browser.get("/reports/gaps?period=2026-W47"))
    assert "You asked for" not in gaps.text
    assert gaps.one('a[rel="next"]')["href"].endswith("period=2026-W48&place=")


@pytest.mark.parametrize("period", ["", "2026", "2026-99", "W47", "2026-10-01", "\x00", "å"])
def test_a_period_that_is_none_is_the_last_month(followed, period):
    shown = followed.supervisor().get("/reports/transfers", query_string={"period": period})
    assert "All offices, October 2026" in page(shown).text


def test_times_are_told_of_messages(followed):
    followed.many(6, followed.message, 90)
    shown = page(followed.supervisor().get(f"/reports/messages?{OCTOBER}"))
    assert rows_of(shown)[0][-2:] == ["90", "90"]


def test_what_agencies_do_is_told_by_place_and_kind(followed):
    followed.municipality("0301", "Oslo", "nav-eikevik")
    agency = followed.agency("Havn")
    for kind in ("form", "letter", "waiting", "following"):
        followed.many(5, followed.help, agency, 30, (kind,))
    followed.many(5, followed.help, agency, 60, ("form", "letter"))
    followed.many(5, followed.help, agency)
    browser = followed.supervisor()
    shown = page(browser.get(f"/reports/agencies?{OCTOBER}"))
    assert rows_of(shown) == [["Oslo", "Havn", "30", "900"], ["Together", "", "30", "900"]]
    kinds = read_file(browser.get(f"/reports/agencies/kinds.csv?{OCTOBER}"))
    assert kinds[5] == ["Several of these for one person", "5", "300"]


def test_the_desk_leads_a_manager_to_their_offices_figures(followed):
    browser = followed.manager(followed.other_id)
    token = browser.get_cookie("reports", path="/reports").value
    browser.set_cookie("desk", token, path="/desk")
    link = page(browser.get("/desk/office/")).one('a[href^="/reports/"]')["href"]
    assert "Nav Granvik, October 2026" in page(browser.get(link)).text


def test_who_manages_several_offices_reads_of_each(followed):
    agency = followed.agency("Havn")
    followed.many(5, followed.help, agency, 30)
    followed.many(6, followed.help, agency, 30, office_id=followed.other_id)
    browser = followed.manager(followed.office_id, followed.other_id)
    shown = page(browser.get(f"/reports/agencies?{OCTOBER}"))
    assert [row[0] for row in rows_of(shown)] == ["Nav Eikevik", "Nav Granvik", "Together"]
    assert "Kinds of help are told for one office at a time." in shown.text
    one = page(browser.get(f"/reports/agencies?{OCTOBER}&place=o.nav-granvik"))
    assert rows_of(one)[0] == ["0301", "Havn", "6", "180"]


@pytest.mark.parametrize("name", ["=1+1", "+4712345678", "-1", "@SUM(A1)", "\t=1", "＝1"])
def test_no_cell_of_a_file_is_a_formula(calls, name):
    with calls.database.unit_of_work() as session:
        session.execute(update(Office).where(Office.id == calls.office_id).values(name=name))
    answer = calls.supervisor().get(f"/reports/transfers/offices.csv?{OCTOBER}")
    assert read_file(answer)[1][0] == f"'{name}"


def test_a_file_is_for_keeping_and_for_norwegian_spreadsheets(followed):
    browser = followed.supervisor()
    answer = browser.get("/reports/gaps/offices.csv?period=2026-W48&lang=nb", follow_redirects=True)
    assert answer.data.startswith("\ufeff".encode())
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    kept = 'attachment; filename="gaps-offices-2026-W48.csv"'
    assert answer.headers["Content-Disposition"] == kept
    assert read_file(answer)[1][:3] == ["Nav Eikevik", "30,0", "30,0"]
    assert browser.get("/reports/gaps/kinds.csv").status_code == 404


def test_no_case_is_in_any_page_or_file(calls):
    calls.many(9, calls.begin)
    browser = calls.supervisor()
    with calls.database.read_session() as session:
        numbers = session.scalars(select(Case.number)).all()
    for subject in SUBJECTS:
        text = browser.get(f"/reports/{subject}?{OCTOBER}").text
        assert not [number for number in numbers if number in text]


def test_a_page_has_room_for_some_and_the_file_has_all(calls, monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 1)
    monkeypatch.setattr("nav_access.web.reports.page.MOST_ROWS", 1)
    browser = calls.supervisor()
    shown = page(browser.get("/reports/gaps?period=2026-W48"))
    assert [row[0] for row in rows_of(shown)] == ["Nav Eikevik", "Together"]
    assert "The page shows the first 1." in shown.text
    assert len(read_file(browser.get("/reports/gaps/offices.csv?period=2026-W48"))) == 4
