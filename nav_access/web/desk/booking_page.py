"""Showing a case's times: what is booked, and the free ones that fit what is asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from flask import Response, abort, request

from nav_access.appointments.codes import BookingKind, Purpose
from nav_access.appointments.queries import BookedTime, FreeTime, list_free_times
from nav_access.core.clock import to_oslo
from nav_access.core.db import Session
from nav_access.intake import handling
from nav_access.intake.booking.own_times import OwnTimes, get_own_times
from nav_access.intake.codes import Flag
from nav_access.intake.covering import read_as
from nav_access.intake.errors import CaseNotFound
from nav_access.intake.safe_contact import Wishes, decide_channel
from nav_access.intake.staff_queries import StaffCase
from nav_access.intake.wishes import find_wishes_of
from nav_access.messaging.codes import MessageChannel, MessageKind
from nav_access.web.desk.booking_forms import KINDS, TimeForm
from nav_access.web.desk.case_forms import CaseForm
from nav_access.web.desk.pages import show_desk
from nav_access.web.desk.session import who
from nav_access.web.shared.dates import say_day, say_interval
from nav_access.web.shared.installation import keyring, now, unit_of_work
from nav_access.web.shared.templating import current_locale

MOST_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """Which times are looked for: for a new booking, or to move one that stands."""

    kind: BookingKind
    with_interpreter: bool
    in_private_room: bool
    moved: BookedTime | None
    since: date | None

    def address(self, since: date) -> str:
        """Return the query of the same list from a later day on."""
        asked = {
            "kind": str(self.kind),
            "interpreter": _yes(self.with_interpreter),
            "private_room": _yes(self.in_private_room),
            "since": since.isoformat(),
        }
        return urlencode(asked | ({"move": str(self.moved.purpose)} if self.moved else {}))


@dataclass(frozen=True, slots=True)
class Day:
    """The free times of a day in words, each with the number of its slot."""

    words: str
    times: tuple[tuple[int, str], ...]


def show_times(
    number: str,
    *,
    form: CaseForm | None = None,
    act: str = "",
    notice: str | None = None,
    status: int = 200,
) -> Response:
    """Return the page; `form` is what was sent, `notice` what is in its way."""
    try:
        with unit_of_work() as session:
            reader = read_as(session, who(), number, now())
            case = handling.open_case(
                session, reader, number, is_to_act=True, keyring=keyring(), now=now()
            )
            own = get_own_times(session, number, now=now())
            asked = _read_asked(case, own, form, act)
            free = _list_free(session, case, asked)
            wishes = find_wishes_of(session, number, now())
    except CaseNotFound:
        abort(404)
    return show_desk(
        "booking.html",
        status=status,
        case=case,
        own=own,
        asked=asked,
        days=_group(free[:MOST_SHOWN]),
        later=asked.address(_day(free[MOST_SHOWN])) if len(free) > MOST_SHOWN else None,
        form=form or TimeForm(formdata=None),
        slot=(form if isinstance(form, TimeForm) else TimeForm(formdata=None)).slot,
        kinds=KINDS,
        notice=notice,
        is_told=_is_told(case, wishes),
        is_helper_gone=wishes is not None and wishes.has_helper_ended,
        begun=frozenset(one.uid for one in own.open if one.starts_utc <= now()),
    )


def _is_told(case: StaffCase, wishes: Wishes | None) -> bool:
    """Say whether a message goes out when a time is moved or cancelled, or only their page says."""
    channel = decide_channel(wishes, MessageKind.CANCELLED) if wishes else None
    is_stopped = channel is MessageChannel.SMS and Flag.TEXTS_STOPPED in case.flags
    return channel is not None and not is_stopped


def list_address(booking: BookedTime) -> str:
    """Return the diary's address at the day of a booking."""
    return f"/desk/diary?{urlencode({'day': _day(booking).isoformat()})}"


def _read_asked(case: StaffCase, own: OwnTimes, form: CaseForm | None, act: str) -> Asked:
    """Return what is looked for: what the form sent asked for, else what the address says."""
    given = form if isinstance(form, TimeForm) else None
    asked_move = given.chosen_purpose if given and act == "move" else _purpose()
    moved = own.find_open(asked_move) if asked_move else None
    if moved is not None:
        return Asked(moved.kind, moved.with_interpreter, moved.in_private_room, moved, _since())
    if given is not None:
        choice = given.choice
        return Asked(choice.kind, choice.with_interpreter, choice.in_private_room, None, None)
    args, contact = request.args, case.contact
    kind = BookingKind(args["kind"]) if args.get("kind", "") in _KINDS else BookingKind.CALLBACK
    wants = contact.needs_interpreter if "interpreter" not in args else args["interpreter"] == "yes"
    room = args.get("private_room", _yes(contact.wants_private_room)) == "yes"
    is_private = room and kind is BookingKind.OFFICE
    return Asked(kind, wants, is_private, None, _since())


def _list_free(session: Session, case: StaffCase, asked: Asked) -> tuple[FreeTime, ...]:
    """Return the free times, the office's own seats and the public ones alike, in order."""
    ways = (asked.moved.is_internal,) if asked.moved else (True, False)
    found = {
        free.slot_id: free
        for is_internal in ways
        for free in list_free_times(
            session,
            case.office_id,
            asked.kind,
            with_interpreter=asked.with_interpreter,
            in_private_room=asked.in_private_room,
            is_internal=is_internal,
            moved=asked.moved,
            now=now(),
            limit=None,
        )
    }
    return tuple(
        free
        for free in sorted(found.values(), key=lambda one: one.starts_utc)
        if asked.since is None or _day(free) >= asked.since
    )


def _group(free: Iterable[FreeTime]) -> tuple[Day, ...]:
    locale, today = current_locale(), to_oslo(now()).date()
    return tuple(
        Day(
            say_day(day, locale, today),
            tuple(
                (one.slot_id, say_interval(one.starts_utc, one.ends_utc, locale)) for one in some
            ),
        )
        for day, some in groupby(free, key=_day)
    )


def _day(time: FreeTime | BookedTime) -> date:
    return to_oslo(time.starts_utc).date()


def _purpose() -> Purpose | None:
    asked = request.args.get("move", "")
    return Purpose(asked) if asked in _PURPOSES else None


def _since() -> date | None:
    try:
        return date.fromisoformat(request.args.get("since", ""))
    except ValueError:
        return None


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


_KINDS, _PURPOSES = frozenset(BookingKind), frozenset(Purpose)
