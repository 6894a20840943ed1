"""The codes of two sides at one desk: where a need stands, hand-overs, kept notes, common steps."""

from enum import StrEnum


class NeedStatus(StrEnum):
    """Where the work with one need stands."""

    WAITING = "waiting"
    WORKING = "working"
    DONE = "done"


class OfferReason(StrEnum):
    """Why a need or a case is offered to somebody else."""

    THEIR_SERVICE = "their_service"
    """The other one decides about the service the person needs."""
    TOGETHER = "together"
    """Both are needed to help."""
    LIVES_ELSEWHERE = "lives_elsewhere"
    KNOWN_THERE = "known_there"
    """They work with the person already."""
    CONFLICT = "conflict"
    """Somebody at the office is too close to the person."""


class ReturnReason(StrEnum):
    """Why an offer is given back to its sender."""

    NOT_OUR_SERVICE = "not_our_service"
    STAYS_ELSEWHERE = "stays_elsewhere"
    TOO_LITTLE_KNOWN = "too_little_known"
    SENDER_KNOWS_BETTER = "sender_knows_better"


class OfferState(StrEnum):
    """Where an offer stands. Only an open one waits for anybody."""

    OPEN = "open"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    TAKEN_BACK = "taken_back"
    ENDED = "ended"
    """The case was closed, withdrawn or went elsewhere first."""


class KeptFor(StrEnum):
    """Who alone reads a note's words."""

    MUNICIPAL = "municipal"
    STATE = "state"
    MANAGERS = "managers"


class KeepReason(StrEnum):
    """Which duty of confidentiality keeps a note from other colleagues."""

    HEALTH = "health"
    CHILD_WELFARE = "child_welfare"
    SOMEBODY_ELSE = "somebody_else"
    """It is about a person who has not asked us for anything."""
    SAFETY = "safety"
    """Somebody could be hurt if it became known."""


class CommonStep(StrEnum):
    """Steps of a plan that are the same for many, so that they are said in every language."""

    RING = "ring"
    MEET = "meet"
    PAPERS = "papers"
    SHELTER = "shelter"
    MONEY = "money"
    BILLS = "bills"
    LETTER = "letter"
    WORK = "work"


class StepChange(StrEnum):
    """What was done to a step of a plan."""

    ADDED = "added"
    CHANGED = "changed"
    DONE = "done"
    OPENED = "opened"
    REMOVED = "removed"
