"""The addresses of a manager's pages, under the desk's."""

from flask import Blueprint

from nav_access.offices.codes import DutyAudience, OpeningKind
from nav_access.offices.keeping.codes import MeasureKind
from nav_access.staff.codes import Side, StaffRole
from nav_access.web.desk.office import (
    agreements,
    dates,
    hours,
    ladder,
    lines,
    measures,
    members,
    overview,
    reasons,
)
from nav_access.web.shared.signed_in.doorway import FORM, GET

CHOSEN = frozenset({*OpeningKind, *DutyAudience, *MeasureKind, *Side, *StaffRole, "save"})
"""Codes of lists on these pages: words are not written again so soon."""


def add_pages(blueprint: Blueprint) -> None:
    """Give the desk the pages of its offices' managers."""
    for rule, page, methods in (
        ("", overview.overview, GET),
        ("members", members.members, FORM),
        ("hours", hours.hours, FORM),
        ("dates", dates.dates, FORM),
        ("reasons", reasons.reasons, FORM),
        ("lines", lines.lines, FORM),
        ("ladder", ladder.ladder, FORM),
        ("measures", measures.measures, FORM),
        ("agreements", agreements.agreements, FORM),
    ):
        name = f"office_{rule or 'overview'}"
        blueprint.add_url_rule(f"/office/{rule}", name, page, methods=methods)
