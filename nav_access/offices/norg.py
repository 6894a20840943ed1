"""Reading NORG2 units: v1, v2, and as the public site carries them."""

from nav_access.offices.codes import OfficeKind, OfficeStatus
from nav_access.offices.lenient import (
    Json,
    is_true,
    read_date,
    read_line,
    read_list,
    read_object,
    read_phone,
    read_text,
)
from nav_access.offices.names import write_capitals
from nav_access.offices.norg_hours import read_hours
from nav_access.offices.records import (
    Address,
    ContactRecord,
    DutyRecord,
    Note,
    NoteCode,
    ReceptionRecord,
    UnitRecord,
)

_CONTACT_KEYS = ("telefonnummer", "besoeksadresse", "beliggenhet", "postadresse", "brukerkontakt")
_LOCAL_TYPES = frozenset({"lokal", "nav_kontor"})
_STATUSES = {
    "aktiv": OfficeStatus.ACTIVE,
    "under avvikling": OfficeStatus.CLOSING,
    "under_avvikling": OfficeStatus.CLOSING,
    "nedlagt": OfficeStatus.CLOSED,
}


def read_unit(item: Json, notes: list[Note]) -> UnitRecord | None:
    """Return a unit of any of the shapes; None, and a note, when it is none of them.

    What NORG2 keeps for its own staff (sosialeTjenester, kanalstrategi, an e-mail marked
    kunIntern) is not read at all.
    """
    unit = read_object(item.get("enhet") or item.get("office") or item)
    number, name = read_line(unit.get("enhetNr"), 40), read_line(unit.get("navn"))
    if not number or not name:
        notes.append(Note(NoteCode.NOT_A_UNIT, number or name or "?", ", ".join(item)[:80]))
        return None
    status = _read_status(unit, number, notes)
    ends = read_date(unit.get("nedleggelsesdato")) or read_date(unit.get("underAvviklingDato"))
    return UnitRecord(
        number,
        name,
        _read_kind(unit),
        status,
        ends if status in {OfficeStatus.CLOSING, OfficeStatus.CLOSED} else None,
        _read_contact(item, unit, number, notes),
    )


def _read_kind(unit: Json) -> OfficeKind | None:
    kind = read_line(unit.get("type"))
    if kind is None:
        return None
    return OfficeKind.LOCAL if kind.casefold() in _LOCAL_TYPES else OfficeKind.OTHER


def _read_status(unit: Json, number: str, notes: list[Note]) -> OfficeStatus | None:
    written = read_line(unit.get("status"))
    if written is None:
        return None
    status = _STATUSES.get(written.casefold())
    if status is None:
        notes.append(Note(NoteCode.UNKNOWN_STATUS, number, written))
    return status or OfficeStatus.CLOSED


def _read_contact(item: Json, unit: Json, number: str, notes: list[Note]) -> ContactRecord | None:
    """Return the contact part: v1 keeps it beside the unit, v2 and the site inside it."""
    contact = read_object(item.get("kontaktinformasjon")) or unit
    visitors = read_object(contact.get("brukerkontakt"))
    if not any(contact.get(key) for key in _CONTACT_KEYS):
        return None
    offered = read_object(visitors.get("brukertjenesteTilbud"))
    language = visitors.get("skriftspraak") or visitors.get("spraakdrakt")
    return ContactRecord(
        phone=_read_phone(contact, number, notes),
        phone_comment=read_text(contact.get("telefonnummerKommentar")),
        email=_read_email(contact),
        address=_read_address(contact.get("besoeksadresse") or contact.get("beliggenhet")),
        postal_address=_read_postal(read_object(contact.get("postadresse"))),
        language=(read_line(language, 10) or "nb").lower(),
        information=read_text(contact.get("spesielleOpplysninger")),
        receptions=_read_receptions(item, contact, visitors, number, notes),
        duty_lines=_read_lines(item, visitors) if visitors else None,
        services=_read_services(offered) if visitors else None,
        services_note=read_text(offered.get("ytterligereInformasjon")),
    )


def _read_phone(contact: Json, number: str, notes: list[Note]) -> str | None:
    written = read_line(contact.get("telefonnummer"))
    phone = read_phone(written)
    if written and not (phone or "").startswith("+"):
        notes.append(Note(NoteCode.ODD_PHONE, number, written))
    return phone


def _read_email(contact: Json) -> str | None:
    email = contact.get("epost")
    if not isinstance(email, dict):
        return read_line(email, 254)
    return None if is_true(email.get("kunIntern")) else read_line(email.get("adresse"), 254)


def _read_address(value: object) -> Address:
    written = read_object(value)
    house = (
        f"{read_line(written.get('husnummer')) or ''}{read_line(written.get('husbokstav')) or ''}"
    )
    street = " ".join(filter(None, (read_line(written.get("gatenavn")), house)))
    lines = filter(None, (read_line(written.get("adresseTilleggsnavn")), street))
    return Address(
        ", ".join(lines)[:200] or None,
        read_line(written.get("postnummer"), 10),
        _read_place(written),
    )


def _read_place(written: Json) -> str | None:
    place = read_line(written.get("poststed"), 100)
    return write_capitals(place) if place and place.isupper() else place


def _read_postal(written: Json) -> str | None:
    box = read_line(written.get("postboksnummer"))
    estate = read_line(written.get("postboksanlegg"))
    address = _read_address(written)
    first = " ".join(filter(None, ("Postboks", box, estate))) if box else address.street
    last = " ".join(filter(None, (address.postcode, address.place)))
    return "\n".join(filter(None, (first, last))) or None


def _read_services(offered: Json) -> tuple[str, ...]:
    # Unknown codes are kept: words for them may come later, a service must not vanish.
    codes = (read_line(service.get("type"), 60) for service in read_list(offered.get("tjenester")))
    return tuple(sorted({code.replace(" ", "_") for code in codes if code}))


def _read_lines(item: Json, visitors: Json) -> tuple[DutyRecord, ...]:
    channels = [
        *read_list(visitors.get("publikumskanaler")),
        *read_list(item.get("audienceContact")),
    ]
    ordered = sorted(channels, key=_order_of)
    lines = ((read_phone(c.get("telefon")), read_text(c.get("beskrivelse"))) for c in ordered)
    return tuple(dict.fromkeys(DutyRecord(phone, topic) for phone, topic in lines if phone))


def _order_of(channel: Json) -> int:
    order = channel.get("sortOrder")
    return order if isinstance(order, int) else 0


def _read_receptions(
    item: Json, contact: Json, visitors: Json, number: str, notes: list[Note]
) -> tuple[ReceptionRecord, ...] | None:
    listed = contact.get("publikumsmottak") or visitors.get("publikumsmottak")
    doors = [*read_list(listed), *(read_object(item[key]) for key in item if _is_door(key))]
    is_told = doors or [] in (contact.get("publikumsmottak"), visitors.get("publikumsmottak"))
    return tuple(_read_reception(door, number, notes) for door in doors) if is_told else None


def _is_door(key: str) -> bool:
    return key.startswith("reception")


def _read_reception(door: Json, number: str, notes: list[Note]) -> ReceptionRecord:
    intervals, doubtful = read_hours(door.get("aapningstider"), number, notes)
    return ReceptionRecord(
        read_line(door.get("stedsbeskrivelse")),
        _read_address(door.get("besoeksadresse")),
        read_text(door.get("adkomstbeskrivelse")),
        intervals,
        doubtful,
    )
