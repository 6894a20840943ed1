"""Counts for those who watch over the site, in Prometheus' text format; nobody is in them."""

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest

from nav_access.intake.queries import CaseCounts

REQUESTS = CollectorRegistry()

_answers = Counter(
    "nav_answers",
    "Answers of this process that pages made, by status.",
    ["status"],
    registry=REQUESTS,
)


def count_answer(status: int) -> None:
    """Count one answer of this process."""
    _answers.labels(str(status)).inc()


def write_metrics(counts: CaseCounts) -> str:
    """Return this process's answers and the database's cases as text."""
    registry = CollectorRegistry()
    waiting = Gauge("nav_cases_waiting", "Cases nobody has answered.", registry=registry)
    overdue = Gauge("nav_cases_overdue", "Those past their promised time.", registry=registry)
    waiting.set(counts.waiting)
    overdue.set(counts.overdue)
    return (generate_latest(REQUESTS) + generate_latest(registry)).decode()
