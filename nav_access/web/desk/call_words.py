"""What the page for ringing says: how to greet, what is planned next, what the person is told."""

from collections.abc import Iterable
from datetime import datetime

from nav_access.callbacks.codes import Fallback, PlanState
from nav_access.callbacks.queries import Plan
from nav_access.core.i18n.wording import N_, words_in
from nav_access.intake.calling.ringing import OPEN
from nav_access.intake.calling.sheet import CallSheet
from nav_access.intake.codes import CaseStatus, EventKind, Flag
from nav_access.intake.safe_contact import Greeting, decide_channel
from nav_access.intake.staff_queries import StaffEvent
from nav_access.messaging.codes import MessageChannel, MessageKind
from nav_access.web.shared.dates import MomentWords, say_moment, say_time
from nav_access.web.shared.installation import now
from nav_access.web.shared.templating import current_locale

GREETINGS: dict[Greeting, str] = {
    Greeting.DO_NOT_RING: N_("Do not ring. The person has not asked to be rung."),
    Greeting.RING_HELPER: N_(
        "Ring the agency below. The person wants it to be rung in their place. "
        "Speak with nobody else there about this person, and leave no message about them."
    ),
    Greeting.SAY_WHO: N_("You may say who you are and where you ring from."),
    Greeting.ASK_FOR_THE_PERSON: N_(
        "Ask for the person by name. Do not say where you ring from until it is them."
    ),
    Greeting.LEAVE_VOICEMAIL: N_("You may leave a voice message. Never say what it is about."),
    Greeting.NO_VOICEMAIL: N_("Do not leave a voice message."),
}

GREETINGS_WITHOUT_NAME = GREETINGS | {
    Greeting.ASK_FOR_THE_PERSON: N_(
        "No name was given. Ask if it is the person who wanted to be rung. Do not say where you "
        "ring from until it is them."
    ),
}

RING = MomentWords(
    today=N_("The next attempt is planned between %(time)s and %(end)s today."),
    tomorrow=N_("The next attempt is planned between %(time)s and %(end)s tomorrow, %(day)s."),
    later=N_("The next attempt is planned between %(time)s and %(end)s on %(day)s."),
)

AGREED = MomentWords(
    today=N_("The person chose to be rung between %(time)s and %(end)s today."),
    tomorrow=N_("The person chose to be rung between %(time)s and %(end)s tomorrow, %(day)s."),
    later=N_("The person chose to be rung between %(time)s and %(end)s on %(day)s."),
)

FALLBACKS: dict[Fallback, str] = {
    Fallback.LETTER: N_("Ringing is not enough. Send a letter."),
    Fallback.VISIT: N_("Ringing is not enough. Visit the person."),
    Fallback.PARTNER: N_("Ringing is not enough. Ask a partner who knows the person."),
    Fallback.CONTACT_CENTRE: N_("Ringing is not enough. The contact centre takes over."),
    Fallback.DECIDE: N_("Do not ring. Find a safe way to reach the person."),
}

TOLD: dict[MessageChannel | None, str] = {
    MessageChannel.SMS: N_("The person has been told by text message."),
    MessageChannel.EMAIL: N_("The person has been told by e-mail."),
    MessageChannel.LETTER: N_("The person is told in a letter that the office prints."),
    None: N_("It stands on the person's own page. No message goes out: they did not allow one."),
}

NOTHING_PLANNED = N_("No attempt is planned. Ring as soon as you can.")
SPOKEN = N_("Somebody has spoken with the person. No further attempt is planned.")
STAYS_AWAY = N_("Do not contact the person about this.")


def list_greetings(sheet: CallSheet) -> dict[Greeting, str]:
    """Return the words of each greeting; without a name nobody can be asked for by it."""
    return GREETINGS if sheet.case.contact.name else GREETINGS_WITHOUT_NAME


def find_last_attempt(events: Iterable[StaffEvent]) -> StaffEvent | None:
    """Return the newest attempt among events that stand newest first."""
    return next((event for event in events if event.kind is EventKind.CONTACT_LOGGED), None)


def say_next(sheet: CallSheet) -> str | None:
    """Say what happens next with this person's ringing; nothing when a meeting is what is next."""
    plan, status = sheet.plan, sheet.case.status
    if status is CaseStatus.WITHDRAWN:
        return _say(STAYS_AWAY)
    if sheet.wishes.has_helper_ended and status in OPEN:
        return _say(FALLBACKS[Fallback.DECIDE])
    if plan is not None and plan.state is not PlanState.DONE and not _is_over(plan):
        return say_plan(plan)
    if status is CaseStatus.WAITING:
        may_ring = Greeting.DO_NOT_RING not in sheet.greeting and not sheet.meeting
        return _say(NOTHING_PLANNED) if may_ring else None
    return _say(SPOKEN)


def _is_over(plan: Plan) -> bool:
    """Say whether a way had to be found while nobody was safe to ring, which is not so now."""
    return plan.state is PlanState.FALLBACK and plan.fallback is Fallback.DECIDE


def say_plan(plan: Plan) -> str:
    """Say what a plan that stands asks for."""
    if plan.state is PlanState.FALLBACK and plan.fallback is not None:
        return _say(FALLBACKS[plan.fallback])
    return _say_window(plan.from_utc, plan.until_utc, AGREED if plan.is_booked else RING)


def say_told(sheet: CallSheet) -> str | None:
    """Say how the person hears of it; nothing when there is nothing new to hear."""
    plan = sheet.plan
    if plan is None or plan.state is PlanState.DONE or plan.is_booked or not sheet.attempts:
        return None
    is_call = plan.state is PlanState.PLANNED
    kind = MessageKind.MISSED_CALL if is_call else MessageKind.FALLBACK
    channel = decide_channel(sheet.wishes, kind)
    is_silent = sheet.is_wrong_number or Flag.TEXTS_STOPPED in sheet.case.flags
    if channel is MessageChannel.SMS and is_silent:
        channel = None
    is_letter = channel is None and plan.fallback is Fallback.LETTER
    return _say(TOLD[MessageChannel.LETTER if is_letter else channel])


def is_after_promise(sheet: CallSheet, now: datetime) -> bool:
    """Say whether the next attempt comes after a promise that still can be kept."""
    plan, promise = sheet.plan, sheet.case.deadline_utc
    is_planned = plan is not None and plan.state is PlanState.PLANNED
    return is_planned and plan is not None and now < promise < plan.from_utc


def _say_window(starts: datetime, ends: datetime, words: MomentWords) -> str:
    return say_moment(starts, current_locale(), now(), words, end=say_time(ends))


def _say(sentence: str) -> str:
    return words_in(current_locale()).text(sentence)
