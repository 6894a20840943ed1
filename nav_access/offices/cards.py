"""What every request asks of an office, kept in memory until the offices' data change.

A card is loaded once for each version of the data, so that taking a request reads one number
instead of an office with all its receptions and lines.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from time import monotonic
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from nav_access.offices import queries
from nav_access.offices.codes import DutyAudience
from nav_access.offices.models import DutyLine, Office, OfficeDataVersion
from nav_access.offices.queries import AfterHoursNumber, PlaceMatch
from nav_access.offices.rules import StaffedHours
from nav_access.offices.selections import where_public
from nav_access.offices.staffed import AnsweredHours
from nav_access.offices.timetables import answering_hours, cover_hours, line_hours

GOOD_FOR_S = 1.0
"""How long a process believes its cards without asking the database whether they changed."""

MOST_PLACES = 6000
"""There are 5,100 postcodes."""

_SEEN = "offices.state"

State = tuple[int, date]
"""The version of the offices' data, and the database's date: a closing office closes on one."""


@dataclass(frozen=True, slots=True)
class OfficeCard:
    """An office in short.

    `hours` are those of all its lines: when somebody there can act. `public_lines` are what
    a person may ring, its own first, then those that answer for it; an office without any is
    rung through the service's own number. `public_hours` are when one of them is answered: the
    service's own when there are none, and again where the last shift has ended. `answered` does
    not assume the latter.
    """

    id: int
    slug: str
    name: str
    is_public: bool
    hours: StaffedHours
    public_lines: tuple[tuple[str, AnsweredHours], ...]
    public_hours: StaffedHours
    answered: AnsweredHours
    after_hours: tuple[AfterHoursNumber, ...]

    def is_answered(self, at: datetime) -> bool:
        """Say whether somebody answers a person who rings at an instant."""
        return self.answered.is_staffed(at)

    def find_phone(self, at: datetime) -> str | None:
        """Return the public number to ring: one that is answered then, else the first."""
        answered = (phone for phone, hours in self.public_lines if hours.is_staffed(at))
        return next(answered, self.public_lines[0][0] if self.public_lines else None)


@dataclass(frozen=True, slots=True)
class Answering:
    """The public office that was chosen, if any, and who answers: it, else the contact centre."""

    office: OfficeCard | None
    asked: OfficeCard

    @classmethod
    def at(cls, card: OfficeCard | None, centre: OfficeCard) -> "Answering":
        """Return who answers where an office was chosen, or none, or one that is not public."""
        office = card if card and card.is_public else None
        return cls(office, office or centre)


@dataclass(slots=True)
class _Kept:
    state: State
    by_id: dict[int, OfficeCard] = field(default_factory=dict)
    by_slug: dict[str, OfficeCard] = field(default_factory=dict)
    by_place: dict[str, PlaceMatch] = field(default_factory=dict)
    centre_id: int | None = None
    good_until: float = 0.0


_kept: WeakKeyDictionary[Engine, _Kept] = WeakKeyDictionary()

_STATE = select(select(OfficeDataVersion.version).scalar_subquery(), func.current_date())


def recall_answering(engine: Engine, slug: str) -> Answering | None:
    """Return what `find_answering` would, if it is believed without opening a session."""
    kept = _kept.get(engine)
    if kept is None or kept.centre_id is None or monotonic() >= kept.good_until:
        return None
    centre, card = kept.by_id.get(kept.centre_id), kept.by_slug.get(slug)
    if centre is None or (slug and card is None):
        return None
    return Answering.at(card, centre)


def find_answering(session: Session, slug: str) -> Answering:
    """Return the public office chosen and who answers while it is written to."""
    return Answering.at(find_public_card(session, slug), get_centre_card(session))


def get_card(session: Session, office_id: int) -> OfficeCard:
    """Return an office in short; raises OfficeNotFound."""
    kept = _find_kept(session)
    card = kept.by_id.get(office_id)
    return card or _keep(session, kept, _load(session, office_id))


def find_public_card(session: Session, slug: str) -> OfficeCard | None:
    """Return a public office in short, by its slug, or None."""
    if not slug:
        return None
    kept = _find_kept(session)
    card = kept.by_slug.get(slug)
    if card is None:
        office = queries.find_public_office(session, slug)
        card = _keep(session, kept, _load(session, office.id)) if office else None
    return card if card and card.is_public else None


def match_place(session: Session, text: str) -> PlaceMatch:
    """Return the office or offices of a typed place, as `queries.match_place` does.

    Only what names a place and nothing else is kept: a postcode, or a name without a number
    that led to an office. Where somebody stays is not.
    """
    kept = _find_kept(session)
    match = kept.by_place.get(text)
    if match is None:
        match = queries.match_place(session, text)
        is_room = len(kept.by_place) < MOST_PLACES
        if is_room and _names_place(text, match) and _is_of(session, kept):
            kept.by_place[text] = match
    return match


def _names_place(text: str, match: PlaceMatch) -> bool:
    if text.isdecimal():
        return match.postcode == text
    has_number = any(sign.isdecimal() for sign in text)
    return bool(match.offices) and not has_number and not match.is_guess


def forget_cards(session: Session) -> None:
    """Believe no card any more: one has just been found to be of an office that was removed."""
    _kept.pop(session.get_bind().engine, None)
    session.info.pop(_SEEN, None)


def get_centre_card(session: Session) -> OfficeCard:
    """Return the contact centre in short; raises OfficeNotFound before any import."""
    kept = _find_kept(session)
    centre_id = kept.centre_id
    if centre_id is None:
        centre_id = queries.get_contact_centre(session).id
        if _is_of(session, kept):
            kept.centre_id = centre_id
    return get_card(session, centre_id)


def _find_kept(session: Session) -> _Kept:
    engine = session.get_bind().engine
    kept = _kept.get(engine)
    if kept is not None and monotonic() < kept.good_until:
        return kept
    state = _read_state(session)
    if kept is None or kept.state != state:
        kept = _kept[engine] = _Kept(state)
    kept.good_until = monotonic() + GOOD_FOR_S
    return kept


def _read_state(session: Session) -> State:
    """Return the state, asked for once in a session: it reads one moment of the database."""
    seen: State | None = session.info.get(_SEEN)
    if seen is None:
        version, today = session.connection().execute(_STATE).one()
        seen = session.info[_SEEN] = (version or 0, today)
    return seen


def _load(session: Session, office_id: int) -> OfficeCard:
    office = queries.get_office_by_id(session, office_id)
    lines = queries.list_duty_lines(session, audience=DutyAudience.PUBLIC, office_id=office_id)
    is_public = select(Office.id).where(Office.id == office_id, where_public())
    return OfficeCard(
        id=office.id,
        slug=office.slug,
        name=office.name,
        is_public=session.scalar(is_public) is not None,
        hours=queries.get_staffed_hours(session, office_id),
        public_lines=tuple(_list_phones(lines)),
        public_hours=StaffedHours(answering_hours(lines)),
        answered=AnsweredHours(answering_hours(lines)),
        after_hours=queries.find_after_hours_numbers(session, office_id),
    )


def _list_phones(lines: Sequence[DutyLine]) -> Iterator[tuple[str, AnsweredHours]]:
    """Yield the office's own numbers, then those of the lines that answer for them."""
    for line in lines:
        yield line.phone, AnsweredHours([line_hours(line)])
    for line in lines:
        for by_line, hours in cover_hours(line):
            yield by_line.phone, AnsweredHours([hours], assumes_day=False)


def _keep(session: Session, kept: _Kept, card: OfficeCard) -> OfficeCard:
    if _is_of(session, kept):
        kept.by_id[card.id] = card
        kept.by_slug[card.slug] = card
    return card


def _is_of(session: Session, kept: _Kept) -> bool:
    """Say whether a session reads the very data that are kept.

    One that began before a change reads the old ones to its end; they would be kept as the new.
    """
    return _read_state(session) == kept.state
