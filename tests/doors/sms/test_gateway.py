"""The gateway's door: who may deliver, from which phones, in which forms, and what is no fault."""

from base64 import b64encode

import pytest

from nav_access.intake.texting.models import IncomingText
from tests.doors.hostile_inputs import ALL, QUICK
from tests.doors.sms.conftest import NUMBER, PHONE, SECRET, TIGRINYA, Phone, count_rows

FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    "sender", ["NAV", "Telenor", "2000", "26100", "02800", "", "1", "abc+4790000001", "+"]
)
def test_what_is_no_persons_phone_is_taken_and_left(phone: Phone, sender: str):
    answer = phone.deliver("hei", **{"from": sender})
    assert answer.status_code == 200
    assert count_rows(phone, IncomingText) == 0


@pytest.mark.parametrize(
    "sender",
    ["+4790000001", "4790000001", "004790000001", " 4790000001", "90000001", "+47 900 00 001"],
)
def test_a_number_is_known_however_the_gateway_writes_it(phone: Phone, sender: str):
    phone.deliver("hei", **{"from": sender})
    assert phone.answer()


def test_our_own_number_is_not_answered(phone: Phone):
    assert phone.deliver("hei", to=PHONE).status_code == 200
    assert count_rows(phone, IncomingText) == 0


def test_reading_the_address_is_not_possible(phone: Phone):
    for method in ("GET", "HEAD", "PUT", "DELETE"):
        answer = phone.client.open(f"/sms/inbound?secret={SECRET}", method=method)
        assert answer.status_code == 405
    assert count_rows(phone, IncomingText) == 0


def basic(password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + b64encode(f"kannel:{password}".encode()).decode()}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (basic(SECRET), 200),
        ({"Authorization": f"Bearer {SECRET}"}, 200),
        ({"X-SMS-Secret": SECRET}, 200),
        (basic(SECRET[:-1]), 403),
        (basic(""), 403),
        ({"Authorization": "Basic ¤¤¤"}, 403),
        ({"Authorization": "Bearer "}, 403),
        ({"X-SMS-Secret": "å" * 20}, 403),
        ({}, 403),
    ],
)
def test_only_the_gateway_delivers(phone: Phone, headers: dict[str, str], status: int):
    fields = {"from": PHONE, "to": NUMBER, "text": "hei"}
    answer = phone.client.post("/sms/inbound", data=fields, headers=headers)
    assert (answer.status_code, answer.data) == (status, b"")
    assert count_rows(phone, IncomingText) == (status == 200)


def test_a_secret_in_the_address_is_none(phone: Phone):
    answer = phone.client.post(f"/sms/inbound?secret={SECRET}", data={"from": PHONE, "text": "x"})
    assert answer.status_code == 403


def test_kannels_own_post_is_read(phone: Phone):
    answer = phone.client.post(
        "/sms/inbound?id=5de662a7&ts=1795369968&fid=",
        data=TIGRINYA.encode("utf-16-be"),
        content_type='text/plain; charset="UTF-16BE"',
        headers={
            **basic(SECRET),
            "X-Kannel-From": PHONE,
            "X-Kannel-To": NUMBER,
            "X-Kannel-Time": "2026-11-22 17:52:48",
            "X-Kannel-Coding": "2",
        },
    )
    assert (answer.status_code, answer.data) == (200, b"")
    assert "English" in phone.answer()
    phone.text("3", "2", "0150")
    assert phone.events() == [("received", TIGRINYA)]


BODIES = [
    b"",
    b"\x00" * 500,
    b"from=%2B4790000001&text=%",
    b"from=+4790000001&text=%d8%00%dc",
    b"from=+4790000001&text=\xff\xfe\xfd",
    b"from=+4790000001&text=x&charset=rot13&coding=99",
    b"from=+4790000001&text=x&charset=utf-7&ts=99999999999999999999",
    b"from=+4790000001&text=x&charset=\x00&ts=-1",
    b"from=+4790000001&text=x&ts=" + b"9" * 5000,
    b"from=+4790000001&text=x&id=" + b"i" * 9000,
    b"from=" + b"4" * 9000 + b"&text=x",
    b"&".join(b"a%d=b" % n for n in range(500)),
    b"<?xml version='1.0'?><message><submit/></message>",
    b'{"from": "+4790000001"}',
    "ሓገዝ".encode("utf-16-be"),
]
TYPES = [FORM, "text/plain", "text/plain; charset=\xff", "multipart/form-data", "text/xml", "", "x"]


@pytest.mark.parametrize("content_type", TYPES)
def test_no_body_is_a_fault(phone: Phone, content_type: str):
    known = {"X-SMS-Secret": SECRET, "X-Kannel-From": PHONE}
    for headers in ({}, {"X-SMS-Secret": SECRET}, known):
        for body in BODIES:
            answer = phone.client.post(
                "/sms/inbound", data=body, content_type=content_type, headers=headers
            )
            assert answer.status_code < 500, (body[:60], content_type)
            assert headers or answer.status_code in (403, 413)


def attack(phone: Phone, inputs: list[str]) -> None:
    for number, value in enumerate(inputs):
        for name in ("text", "from", "to", "id", "ts", "charset", "coding", "secret"):
            someone = phone.of(f"+4790{number % 1000:06}")
            said = value.encode("utf-8", "surrogatepass").decode("latin-1")
            fields = {"text": "hei", name: said}
            assert someone.deliver(**fields).status_code < 500, (name, value[:60])
        assert phone.of(f"+4791{number % 1000:06}").deliver(said).status_code in (200, 413)


def test_some_hostile_texts_are_no_fault(phone: Phone):
    attack(phone, QUICK)


@pytest.mark.audit
def test_five_hundred_hostile_texts_are_no_fault(phone: Phone):
    attack(phone, ALL)
