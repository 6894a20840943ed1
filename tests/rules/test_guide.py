"""The guide: whole in every language, plain, and found by what people type."""

import re
import shutil

import pytest

from nav_access.core.i18n.check_words import (
    MOST_LIX,
    average_length,
    check_length,
    full_sentences,
    lix,
)
from nav_access.guide.codes import LANGUAGES, LINES, Owner
from nav_access.guide.errors import GuideBroken
from nav_access.guide.finding import find_services
from nav_access.guide.reading import CONTENT, load_guide, read_guide


def lines(language):
    services = load_guide().services.values()
    return [getattr(one.texts[language], line) for one in services for line in LINES]


def test_each_desk_has_its_services():
    assert [len(load_guide().of(owner)) for owner in Owner] == [13, 14, 3]


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_plain(language):
    sentences = full_sentences(lines(language))
    assert (lix(sentences) <= MOST_LIX, average_length(sentences) <= 15) == (True, True)
    assert [text for text in lines(language) if list(check_length(text))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_promises_nothing_and_names_no_sum(language):
    found = [text for text in lines(language) if re.search(r"\bkr\b|kroner|you get \d", text)]
    assert found == []


BREAKS = (
    ("en.toml", 'name = "Municipal housing"\n', ""),
    ("nn.toml", "[start-loan]", "[start-lan]"),
    ("nb.toml", 'checked = "Sist sjekket"\n', ""),
    ("nb.toml", 'what = "Hva det er"', 'what = ""'),
    ("nn.toml", 'decides = "Staten: NAV."', 'decides = "Staten: NAV. "'),
    ("en.toml", 'decides = "The state: NAV."', 'decided = "The state: NAV."'),
    ("services.toml", 'key = "advice"', 'key = "debt-advice"'),
    ("services.toml", 'source = "https://', 'source = "http://'),
    ("services.toml", "checked = 2026-11-22", 'checked = "lately"'),
    ("services.toml", 'side = "both"\n', ""),
    ("en.toml", 'words = ["aap"', 'words = [1, "aap"'),
)


@pytest.mark.parametrize(("file", "old", "new"), BREAKS)
def test_what_is_missing_or_strange_stops_the_start(tmp_path, file, old, new):
    folder = tmp_path / "content"
    shutil.copytree(CONTENT, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(GuideBroken):
        read_guide(folder)


def first(typed, language="nb"):
    return next((one.key for one in find_services(typed, language)), None)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("bostotte", "housing-allowance"),
        ("BOSTØTTE", "housing-allowance"),
        ("sosialhelp", "social-assistance"),
        ("dagpneger", "unemployment-benefit"),
        ("aap", "work-assessment-allowance"),
        ("wheelchair", "assistive-devices"),
        ("frivilig forvaltning", "money-management"),
        ("hospits", "temporary-housing"),
        ("xyzzy", None),
        ("!?", None),
    ],
)
def test_people_find_it_as_they_write_it(typed, key):
    assert first(typed) == key


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_name_finds_its_service_first_also_with_a_slip(language):
    for service in load_guide().services.values():
        name = service.texts[language].name
        assert first(name, language) == service.key
        longest = max(re.findall(r"\w+", name), key=len)
        slipped = name.replace(longest, longest[:-2] + longest[-1])
        assert service.key in [one.key for one in find_services(slipped, language)]


def test_nothing_typed_is_everything():
    assert len(find_services(" ", "nb")) == len(load_guide().services)
