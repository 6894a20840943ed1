"""Pages that can be filled in again with what was typed before somebody had to sign in anew."""

from collections.abc import Callable, Mapping

from flask import Response

from nav_access.web.desk.acting import restore_acting
from nav_access.web.desk.booking import restore_booking
from nav_access.web.desk.call import restore_call
from nav_access.web.desk.capacity import restore_capacity
from nav_access.web.desk.case import restore_case
from nav_access.web.desk.code import restore_code
from nav_access.web.desk.letters import restore_letter
from nav_access.web.desk.messages import restore_message
from nav_access.web.desk.new import restore_new
from nav_access.web.desk.office.agreements import restore_agreements
from nav_access.web.desk.office.dates import restore_dates
from nav_access.web.desk.office.hours import restore_hours
from nav_access.web.desk.office.ladder import restore_ladder
from nav_access.web.desk.office.lines import restore_lines
from nav_access.web.desk.office.measures import restore_measures
from nav_access.web.desk.office.members import restore_members
from nav_access.web.desk.office.reasons import restore_reasons
from nav_access.web.desk.plan import restore_plan
from nav_access.web.desk.protected import restore_protected
from nav_access.web.desk.protection import restore_protection
from nav_access.web.desk.roster.direct import restore_direct
from nav_access.web.desk.roster.week import restore_roster
from nav_access.web.desk.sides import restore_sides
from nav_access.web.desk.terminals import restore_terminals
from nav_access.web.desk.tickets import restore_tickets

RESTORES: Mapping[str, Callable[..., Response]] = {
    "desk.acting": restore_acting,
    "desk.booking": restore_booking,
    "desk.call": restore_call,
    "desk.capacity": restore_capacity,
    "desk.case": restore_case,
    "desk.code": restore_code,
    "desk.letter": restore_letter,
    "desk.message": restore_message,
    "desk.new": restore_new,
    "desk.plan": restore_plan,
    "desk.office_agreements": restore_agreements,
    "desk.office_dates": restore_dates,
    "desk.office_hours": restore_hours,
    "desk.office_ladder": restore_ladder,
    "desk.office_lines": restore_lines,
    "desk.office_measures": restore_measures,
    "desk.office_members": restore_members,
    "desk.office_reasons": restore_reasons,
    "desk.protected": restore_protected,
    "desk.protection": restore_protection,
    "desk.roster": restore_roster,
    "desk.roster_direct": restore_direct,
    "desk.sides": restore_sides,
    "desk.terminals": restore_terminals,
    "desk.tickets": restore_tickets,
}
"""By endpoint: takes the values of the address and `typed`; shows the page and does nothing."""
