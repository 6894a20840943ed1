"""The names municipalities are known by, each kept once."""

from sqlalchemy import select

from nav_access.offices.changes import Changes
from nav_access.offices.models import Municipality, MunicipalityName
from nav_access.offices.names import fold_name


class MunicipalityNames:
    """The known names, and a way to add one more."""

    def __init__(self, changes: Changes) -> None:
        self._changes = changes
        own = select(Municipality.number, Municipality.search_name)
        others = select(MunicipalityName.municipality_number, MunicipalityName.search_name)
        session = changes.session
        self._known = {(n, name) for n, name in (*session.execute(own), *session.execute(others))}

    def add(self, number: str, name: str) -> None:
        """Keep a name of a municipality unless it is known, accents and case aside."""
        folded = fold_name(name)
        if not folded or (number, folded) in self._known:
            return
        self._known.add((number, folded))
        self._changes.add(
            MunicipalityName(municipality_number=number, name=name, search_name=folded)
        )
