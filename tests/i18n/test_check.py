"""Every check of the words can fail: each fault is put into good words and must be found."""

from collections.abc import Callable
from pathlib import Path

import pytest

from nav_access.core.i18n import check
from nav_access.core.i18n.catalogs import Domain, po_path
from nav_access.core.i18n.check import check_all, check_catalog, check_template
from nav_access.core.i18n.findings import Fault
from nav_access.core.i18n.upkeep import list_catalogs, template_path, template_text, updated_text
from tests.i18n.conftest import Words, locale_of, po_text

PAGE = """<h1>{{ _("Ask for help") }}</h1>
{{ _("Ring <bdi>%(phone)s</bdi> today.", phone=phone) }}
{{ ngettext("%(num)s day", "%(num)s days", n) }}
{{ _("The office has an interpreter.") }} {{ _("Status") }}"""
GOOD: dict[str, Words] = {
    "nb": {
        "Ask for help": "Be om hjelp",
        "Ring <bdi>%(phone)s</bdi> today.": "Ring <bdi>%(phone)s</bdi> i dag.",
        ("%(num)s day", "%(num)s days"): ("én dag", "%(num)s dager"),
        "The office has an interpreter.": "Kontoret har tolk.",
        "Status": "Status",
    },
    "nn": {
        "Ask for help": "Be om hjelp",
        "Ring <bdi>%(phone)s</bdi> today.": "Ring <bdi>%(phone)s</bdi> i dag.",
        ("%(num)s day", "%(num)s days"): ("éin dag", "%(num)s dagar"),
        "The office has an interpreter.": "Kontoret har tolk.",
        "Status": "Status",
    },
    "uk": {
        "Ask for help": "Попросити про допомогу",
        "Ring <bdi>%(phone)s</bdi> today.": "Зателефонуйте за номером <bdi>%(phone)s</bdi>.",
        ("%(num)s day", "%(num)s days"): (
            "%(num)s день",
            "%(num)s дні",
            "%(num)s днів",
            "%(num)s дня",
        ),
        "The office has an interpreter.": "В офісі є перекладач.",
        "Status": "Стан",
    },
    "ar": {
        "Ask for help": "اطلب المساعدة",
        "Ring <bdi>%(phone)s</bdi> today.": "اتصل بالرقم <bdi>%(phone)s</bdi> اليوم.",
        ("%(num)s day", "%(num)s days"): ("لا أيام", "يوم", "يومان", *["%(num)s أيام"] * 3),
        "The office has an interpreter.": "لدى المكتب مترجم.",
        "Status": "الحالة",
    },
}
Repository = Callable[..., Path]


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """Make a repository with one page and good words in the languages of GOOD, and no others."""
    ours = [pair for pair in list_catalogs() if pair[0].tag in GOOD]
    monkeypatch.setattr(check, "list_catalogs", lambda: ours)

    def make(tag: str = "nb", **changed: str | tuple[str, ...]) -> Path:
        write(tmp_path / "templates/citizen/page.html", PAGE)
        for domain in Domain:
            mapping = f"{domain}.cfg"
            real = Path(__file__).parents[2] / "translations" / mapping
            write(tmp_path / "translations" / mapping, real.read_text("utf-8"))
            write(template_path(domain, tmp_path), template_text(domain, tmp_path))
        for language, words in GOOD.items():
            write_language(tmp_path, language, words)
        write_language(tmp_path, tag, replaced(GOOD[tag], changed))
        return tmp_path

    return make


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def write_language(root: Path, tag: str, words: Words) -> None:
    for domain in Domain:
        path = po_path(locale_of(tag), domain, root / "translations")
        write(path, po_text(words if domain is Domain.PUBLIC else {}, tag=tag))
        write(path, updated_text(locale_of(tag), domain, root))


def replaced(words: Words, changed: dict[str, str | tuple[str, ...]]) -> Words:
    keys = {"ask": 0, "ring": 1, "days": 2, "office": 3, "status": 4}
    by_position = {keys[name]: said for name, said in changed.items()}
    return {source: by_position.get(n, said) for n, (source, said) in enumerate(words.items())}


def faults(root: Path) -> set[Fault]:
    return {finding.fault for finding in check_all(root)}


def test_good_words_pass(repository: Repository) -> None:
    assert [str(finding) for finding in check_all(repository())] == []


@pytest.mark.parametrize(
    ("tag", "changed", "fault"),
    [
        ("nb", {"ask": ""}, Fault.MISSING),
        ("nb", {"days": ("%(num)s dag", "")}, Fault.PLURALS),
        ("uk", {"days": ("%(num)s день", "%(num)s дні", "", "")}, Fault.PLURALS),
        ("nb", {"ring": "Ring <bdi>%(telefon)s</bdi> i dag."}, Fault.PLACEHOLDERS),
        ("nb", {"ring": "Ring <bdi>22</bdi> i dag."}, Fault.PLACEHOLDERS),
        ("nb", {"ring": "Ring <bdi>%(phone) s %(phone)s</bdi> nå."}, Fault.PLACEHOLDERS),
        ("nb", {"days": ("én dag", "mange dager")}, Fault.PLACEHOLDERS),
        ("nb", {"ring": "Ring %(phone)s i dag."}, Fault.TAGS),
        ("nb", {"ring": "Ring <b>%(phone)s</b> i dag."}, Fault.TAGS),
        ("nb", {"ring": "Ring </bdi>%(phone)s<bdi> i dag."}, Fault.TAGS),
        ("nb", {"ask": 'Be om "hjelp"'}, Fault.QUOTES),
        ("nb", {"ask": "Be om hjelp & råd"}, None),
        ("nb", {"office": "Senteret har tolk."}, Fault.GLOSSARY),
        ("uk", {"office": "В установі є перекладач."}, Fault.GLOSSARY),
        ("nb", {"ask": "Be om помощь"}, Fault.SCRIPT),
        ("uk", {"ask": "Попросити help"}, None),
        ("uk", {"ask": "Be om hjelp"}, Fault.SCRIPT),
        ("uk", {"ask": "Мы поможем"}, Fault.SCRIPT),
        ("ar", {"ask": "کمک بخواهید"}, Fault.SCRIPT),
        ("nn", {"ask": "Hva trenger du?"}, Fault.WORD),
        ("nb", {"ask": "Kva treng du?"}, Fault.WORD),
        ("nb", {"ask": "Ask for help"}, Fault.SAME),
        ("nb", {"ask": " ".join(["vi"] * 26)}, Fault.LONG),
        ("nb", {"ask": "Saksbehandlingsopplysninger kommuniseres skriftlig."}, Fault.HEAVY),
    ],
)
def test_each_fault_is_found(
    tag: str, changed: dict[str, str], fault: Fault | None, repository: Repository
) -> None:
    assert faults(repository(tag, **changed)) == ({fault} if fault else set())


def test_long_sentences_on_average_are_found(repository: Repository) -> None:
    long = " ".join(["vi"] * 23)
    root = repository("nb", ask=f"{long}.", office=f"{long} kontor tolk.")
    assert Fault.HEAVY in faults(root)


def test_fuzzy_words_are_found(repository: Repository) -> None:
    root = repository()
    path = po_path(locale_of("nb"), Domain.PUBLIC, root / "translations")
    write(path, path.read_text("utf-8").replace('msgid "Status"', '#, fuzzy\nmsgid "Status"'))
    assert faults(root) == {Fault.FUZZY}


def test_a_new_sentence_in_the_code_is_found(repository: Repository) -> None:
    root = repository()
    write(root / "templates/citizen/page.html", PAGE + '{{ _("New") }}')
    assert [str(each) for each in check_template(Domain.PUBLIC, root)] == [
        "public.pot: stale: «run «flask i18n extract»»"
    ]


def test_a_sentence_that_was_not_carried_to_a_language_is_found(repository: Repository) -> None:
    root = repository()
    write(root / "templates/citizen/page.html", PAGE + '{{ _("New") }}')
    write(template_path(Domain.PUBLIC, root), template_text(Domain.PUBLIC, root))
    found = list(check_catalog(locale_of("nb"), Domain.PUBLIC, root))
    assert [(each.file, each.message, each.fault) for each in found] == [
        ("nb/public.po", "New", Fault.STALE)
    ]


def test_hard_english_is_found(repository: Repository) -> None:
    root = repository()
    hard = "Municipalities administrate discretionary emergency accommodation."
    write(root / "templates/citizen/page.html", f'{{{{ _("{hard}") }}}}')
    write(template_path(Domain.PUBLIC, root), template_text(Domain.PUBLIC, root))
    found = list(check_template(Domain.PUBLIC, root))
    assert [(each.file, each.fault) for each in found] == [("public.pot", Fault.HEAVY)]
