"""Telling files apart by what is in them, and reading each as the sort it is."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from nav_access.offices.areas import read_areas, read_streets
from nav_access.offices.errors import ImportRefused
from nav_access.offices.hsds import read_organisation
from nav_access.offices.lenient import Json, read_list
from nav_access.offices.norg import read_unit
from nav_access.offices.records import Delivery, Note, UnitRecord

NORG = "norg2"
HSDS = "hsds3"
AREAS = "service_areas"
STREETS = "streets"


def read_delivery(content: bytes, *, today: date) -> Delivery:
    """Return what an offices file says; raises ImportRefused when it is no sort we know."""
    data = _parse(content)
    items = _items(data)
    if isinstance(data, dict) and "navenheter" in data:
        return _areas_delivery(read_list(data["navenheter"]))
    if items and all("veiadresse" in item for item in items):
        return _streets_delivery(items)
    if items and any(_is_norg(item) for item in items):
        return _norg_delivery(items, is_full=isinstance(data, list))
    if items and all(_is_hsds(item) for item in items):
        return _hsds_delivery(items, today)
    raise ImportRefused(
        "This is neither NORG2 units (v1 or v2), a list of service areas or forest addresses, "
        "nor HSDS 3 organisations or services."
    )


def _parse(content: bytes) -> Any:
    try:
        return json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise ImportRefused("The file is not text in UTF-8.") from None
    except (json.JSONDecodeError, RecursionError):
        raise ImportRefused("The file is not JSON.") from None


def _items(data: Any) -> list[Json]:
    """Return the objects of a file: a list, one object, or a page of HSDS contents."""
    if isinstance(data, dict) and isinstance(data.get("contents"), list):
        return read_list(data["contents"])
    return read_list(data)


def _is_norg(item: Json) -> bool:
    inner = item.get("enhet") or item.get("office")
    return "enhetNr" in item or (isinstance(inner, dict) and "enhetNr" in inner)


def _is_hsds(item: Json) -> bool:
    parts = ("locations", "services", "service_at_locations")
    return "id" in item and "name" in item and any(part in item for part in parts)


def _norg_delivery(items: list[Json], *, is_full: bool) -> Delivery:
    notes: list[Note] = []
    units = [read_unit(item, notes) for item in items]
    return Delivery(NORG, is_full, _once(u for u in units if u), notes=tuple(notes))


def _hsds_delivery(items: list[Json], today: date) -> Delivery:
    notes: list[Note] = []
    units = (unit for item in items for unit in read_organisation(item, today, notes))
    return Delivery(HSDS, units=_once(units), notes=tuple(notes))


def _once(units: Iterable[UnitRecord]) -> tuple[UnitRecord, ...]:
    """Return each number once, the last one given: two of a number cannot both be right."""
    return tuple({unit.number: unit for unit in units}.values())


def _areas_delivery(items: list[Json]) -> Delivery:
    notes: list[Note] = []
    return Delivery(AREAS, is_full=True, areas=read_areas(items, notes), notes=tuple(notes))


def _streets_delivery(items: list[Json]) -> Delivery:
    notes: list[Note] = []
    return Delivery(STREETS, is_full=True, streets=read_streets(items, notes), notes=tuple(notes))
