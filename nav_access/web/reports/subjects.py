"""The subjects there are figures of, in the order they are offered."""

from nav_access.web.reports import agencies, direct_numbers, gaps, measures, messages, transfers
from nav_access.web.reports.page import Subject

SUBJECTS = (
    Subject("gaps", gaps.TITLE, gaps.report, counts_people=False),
    Subject("transfers", transfers.TITLE, transfers.report),
    Subject("messages", messages.TITLE, messages.report),
    Subject("direct-numbers", direct_numbers.TITLE, direct_numbers.report),
    Subject("agencies", agencies.TITLE, agencies.report),
    Subject("measures", measures.TITLE, measures.report, counts_people=False),
)
