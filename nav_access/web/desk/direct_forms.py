"""What may be typed about direct numbers: a day of birth at a case, an office's policy."""

from collections.abc import Mapping, Sequence

from nav_access.core.i18n.wording import N_
from nav_access.intake.codes import Need
from nav_access.intake.direct_number.codes import Split
from nav_access.intake.direct_number.policy import Policy
from nav_access.intake.direct_number.rules import FIRST_DAY, LAST_DAY, PolicyLine
from nav_access.web.desk import wording
from nav_access.web.desk.capacity_forms import NumberField
from nav_access.web.desk.case_forms import CaseForm
from nav_access.web.desk.office.subjects import OfficeForm
from nav_access.web.shared.fields import CodeField, CodesField

SLOTS = range(1, 9)
"""Lines of an office that the form shows: more than an office has for people to ring."""

MOST_ID = 999_999

NEEDS: Mapping[Need, str] = {Need(code): words for code, words in wording.NEEDS.items()}

WRITE_DAY = N_("Write the day of the month the person was born on: 1 to 31.")
WRITE_BOTH_DAYS = N_("Write the first and the last day, or neither.")
CHOOSE_OTHERS = N_("Choose the line for everybody else, so that nobody is left without a number.")
DAY_TWICE = N_("The same day may not have two lines.")

SPLITS: dict[Split | None, str] = {
    Split.NOBODY: N_("Nobody gets a direct number"),
    Split.EVERYBODY: N_("Everybody gets the same line"),
    Split.NEED: N_("The line follows what the person needs"),
    Split.BIRTH_DAY: N_("The line follows the day of the month the person was born on"),
}


class BirthDayForm(CaseForm):
    """The day of the month a person was born on, to choose their line by."""

    birth_day = NumberField(least=FIRST_DAY, most_number=LAST_DAY)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for the day."""
        super().validate(extra_validators)
        if self.birth_day.number is None:
            self.birth_day.errors = [WRITE_DAY]
        return not self.has_errors


def _make_slots() -> dict[str, object]:
    """Return the fields of every line a form may show; the same ones for every office."""
    fields: dict[str, object] = {}
    for slot in SLOTS:
        fields[f"line_{slot}"] = NumberField(least=1, most_number=MOST_ID)
        fields[f"needs_{slot}"] = CodesField(Need, words=NEEDS)
        fields[f"first_{slot}"] = NumberField(least=FIRST_DAY, most_number=LAST_DAY)
        fields[f"last_{slot}"] = NumberField(least=FIRST_DAY, most_number=LAST_DAY)
    return fields


_Slots: type[OfficeForm] = type("_Slots", (OfficeForm,), _make_slots())


class PolicyForm(_Slots):  # type: ignore[valid-type,misc]  # its fields are made, not written
    """An office's policy: how it divides, which line is for the others, what each line is for."""

    split = CodeField(Split, words=SPLITS, safest=Split.NOBODY)
    others = NumberField(least=1, most_number=MOST_ID)

    def validate(self, extra_validators: object = None) -> bool:
        """Ask for a line for the others, and for whole ranges of days."""
        super().validate(extra_validators)
        if self.chosen is not Split.NOBODY and not self.others.number:
            self.others.errors = [CHOOSE_OTHERS]
        for slot in SLOTS if self.chosen is Split.BIRTH_DAY else ():
            self._judge_days(self[f"first_{slot}"], self[f"last_{slot}"])
        return not self.has_errors

    def _judge_days(self, first: NumberField, last: NumberField) -> None:
        is_half = (first.number is None) != (last.number is None)
        if not first.errors and not last.errors and (is_half or first.whole > last.whole):
            self.ask(last, WRITE_BOTH_DAYS)

    @property
    def chosen(self) -> Split:
        """How the office divides."""
        return self.split.data or Split.NOBODY

    def to_lines(self) -> tuple[PolicyLine, ...]:
        """Return the lines of the policy; the form is valid."""
        if self.chosen is Split.NOBODY:
            return ()
        divided = (self._line(slot) for slot in SLOTS if self[f"line_{slot}"].number)
        own = (one for one in divided if one.line_id != self.others.number)
        others = PolicyLine(self.others.whole)
        return (others, *(one for one in own if not one.is_for_others))

    def _line(self, slot: int) -> PolicyLine:
        line_id = self[f"line_{slot}"].whole
        if self.chosen is Split.NEED:
            return PolicyLine(line_id, frozenset(self[f"needs_{slot}"].data))
        first, last = self[f"first_{slot}"].number, self[f"last_{slot}"].number
        is_whole = self.chosen is Split.BIRTH_DAY and first and last
        return PolicyLine(line_id, days=(first, last) if is_whole else None)


def fields_of(policy: Policy, line_ids: Sequence[int]) -> dict[str, object]:
    """Return what the form shows of a policy as it is, for an office's lines in their order."""
    shown: dict[str, object] = {"split": policy.split}
    by_id = {line.line_id: line for line in policy.lines}
    for slot, line_id in zip(SLOTS, line_ids, strict=False):
        line = by_id.get(line_id, PolicyLine(line_id, frozenset({"-"})))
        shown[f"line_{slot}"] = str(line_id)
        shown[f"needs_{slot}"] = frozenset(Need(n) for n in line.needs if n in NEEDS)
        if line.is_for_others:
            shown["others"] = str(line_id)
        if line.days:
            shown[f"first_{slot}"], shown[f"last_{slot}"] = map(str, line.days)
    return shown
