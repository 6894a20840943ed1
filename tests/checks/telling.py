"""Which pages show everything there is: the others repeat, and browsers are slow."""

from collections.abc import Iterable

from bs4 import Tag

from tests.page import Page

Shape = tuple[object, ...]


def choose_telling(pages: Iterable[Page]) -> list[int]:
    """Return the places of few pages that have, between them, every shape that any page has."""
    shapes = [shapes_of(page) for page in pages]
    left, chosen = set[Shape]().union(*shapes), []
    while left:
        most = max(range(len(shapes)), key=lambda place: len(shapes[place] & left))
        chosen.append(most)
        left -= shapes[most]
    return sorted(chosen)


def shapes_of(page: Page) -> set[Shape]:
    """Return how a page's elements are, each with what it stands in and the way the page runs."""
    way = page.root.get("dir")
    inner = [tag for tag in page.elements if tag.find_parent("body")]
    return {(way, _kind(tag), _kind(tag.find_parents(limit=1)[0])) for tag in inner}


def _kind(tag: Tag) -> Shape:
    said = sorted(name for name in tag.attrs if name.startswith("aria-"))
    return tag.name, *tag.get_attribute_list("class"), tag.get("type"), tag.get("role"), *said
