"""Tables of places: municipalities, postcodes, and which office serves which of them."""

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from nav_access.core.orm import Base, RowId
from nav_access.offices.codes import Parity
from nav_access.offices.columns import code_column


class Municipality(Base):
    """A municipality of today, by its number."""

    __tablename__ = "municipalities"

    number: Mapped[str] = mapped_column(String(4), primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    search_name: Mapped[str] = mapped_column(String(100), index=True)


class MunicipalityName(Base):
    """One more name people may know a municipality by: in another language, or shorter."""

    __tablename__ = "municipality_names"
    __table_args__ = (UniqueConstraint("municipality_number", "search_name"),)

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    municipality_number: Mapped[str] = mapped_column(ForeignKey("municipalities.number"))
    name: Mapped[str] = mapped_column(String(100))
    search_name: Mapped[str] = mapped_column(String(100), index=True)


class Postcode(Base):
    """A postcode of the postal register; a string, since «0001» is one."""

    __tablename__ = "postcodes"

    code: Mapped[str] = mapped_column(String(4), primary_key=True)
    place: Mapped[str] = mapped_column(String(100))
    search_place: Mapped[str] = mapped_column(String(100), index=True)
    municipality_number: Mapped[str] = mapped_column(
        ForeignKey("municipalities.number"), index=True
    )
    category: Mapped[str] = mapped_column(String(1), default="")
    withdrawn_on: Mapped[date | None]
    """The day we learnt from a newer register that it is no longer in use."""


class OfficeArea(Base):
    """An area an office serves: a municipality, a city district or a postcode in it.

    Holds the office's number rather than its key, so that areas may be read before offices.
    """

    __tablename__ = "office_areas"
    __table_args__ = (
        UniqueConstraint(
            "office_number", "municipality_number", "district", "postcode", name="uq_office_areas"
        ),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    office_number: Mapped[str] = mapped_column(String(40), index=True)
    municipality_number: Mapped[str] = mapped_column(String(4), index=True)
    district: Mapped[str] = mapped_column(String(6), default="")
    postcode: Mapped[str] = mapped_column(String(4), default="", index=True)
    source: Mapped[str] = mapped_column(String(20))
    """Which kind of file said so; a new one of that kind replaces only its own."""


class StreetArea(Base):
    """Forest addresses of Oslo: which district serves a range of house numbers of a street."""

    __tablename__ = "office_street_areas"
    __table_args__ = (
        UniqueConstraint("search_street", "first_number", "parity", "district"),
        CheckConstraint("first_number <= last_number", name="ordered_numbers"),
    )

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    search_street: Mapped[str] = mapped_column(String(100), index=True)
    first_number: Mapped[int]
    last_number: Mapped[int]
    parity: Mapped[Parity] = code_column(Parity)
    district: Mapped[str] = mapped_column(String(6), index=True)


class OfficeDataVersion(Base):
    """One row that grows whenever office or place data changes, so that caches can notice."""

    __tablename__ = "office_data_version"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[int]
