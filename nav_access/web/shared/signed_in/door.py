"""A signed-in door: what tells the desk, partners, contact centre and administration apart."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import Response, g

from nav_access.staff.provider.signing_in import IsTheirs
from nav_access.staff.rules import Who

Admit = Callable[[Who], object | None]
"""Returns what the door's pages need to know of a signed-in person; None for whoever has no
business here."""


@dataclass(frozen=True, slots=True)
class Door:
    """One door for people who sign in. Sentences are ids; `title` stands first on every page."""

    name: str
    """The blueprint, the cookie, and the scope of its form tokens."""
    prefix: str
    title: str
    sign_in_title: str
    admit: Admit
    layout: str
    """The template of the door's pages, which sign-in and refusal stand in too."""
    refused: str
    """What is said to somebody who signed in and has no business here."""
    stylesheet: str = "desk"
    restores: Mapping[str, Callable[..., Response]] = field(default_factory=dict)
    """By endpoint, the pages that can be filled in again with what was typed before somebody had
    to sign in anew: takes the values of the address and `typed`; shows the page, does nothing."""
    locked_themselves: frozenset[str] = frozenset()
    """Pages that do nothing before they have entered `lock.reading`."""
    is_organisations: IsTheirs | None = None
    """Whether an organisation that a provider of identities names is the person's here; without
    it the door takes no provider's word."""
    chosen: frozenset[str] = frozenset()
    """Codes of lists: chosen again in a moment, so they are not shown as words to be saved."""

    @property
    def home(self) -> str:
        """The address of the first page."""
        return f"{self.prefix}/"

    @property
    def sign_in(self) -> str:
        """The address of the page to sign in on."""
        return f"{self.prefix}/sign-in"

    @property
    def sign_out(self) -> str:
        """The address that ends a session."""
        return f"{self.prefix}/sign-out"

    def endpoint(self, page: str) -> str:
        """Return the full name of one of the door's pages."""
        return f"{self.name}.{page}"


def enter(door: Door) -> None:
    """Remember which door this request came to."""
    g.door = door


def current_door() -> Door:
    """Return the door this request came to."""
    door: Door = g.door
    return door
