"""A field for one of some values that only the page knows."""

from collections.abc import Mapping, Sequence
from typing import Any

from nav_access.web.shared.fields import TypedField


class ChoiceField(TypedField):
    """One of some values that are known when the page is made; any other is no answer."""

    data: str | None

    def __init__(self, *, words: Mapping[str, str], **options: Any) -> None:
        super().__init__(**options)
        self.words = words

    def process_data(self, value: object) -> None:
        self.data = str(value) if value is not None else None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = typed if typed in self.words else None
