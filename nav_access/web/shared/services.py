"""What an office offers, in words: the register's service codes and the languages spoken."""

from dataclasses import dataclass

from nav_access.core.i18n.interpreters import find_spoken_language, name_for
from nav_access.core.i18n.locales import Locale
from nav_access.core.i18n.wording import N_, words_in
from nav_access.web.shared.dates import babel_locale
from nav_access.web.shared.texts import mark_language

WORDS = {
    "NODSITUASJON": N_("Help when it is urgent"),
    "OKONOMI_GJELD": N_("Advice about money and debt"),
    "TILGANGPC": N_("A computer you can use"),
    "KOMMUNAL_BOLIG": N_("Municipal housing"),
    "BOSTOTTE_HUSBANKEN": N_("Money for rent"),
}
"""What somebody in need looks for. Each word here is translated 23 times: the rest is below."""

NORWEGIAN = {
    "AKTIVITETSKORTET": "Aktivitetskort for barn og unge",
    "BARNEVERNTJENESTE": "Barneverntjeneste",
    "BOSTOTTE_KOMMUNEN": "Bostøtte fra kommunen",
    "FENGSEL_OPPFOLGING": "Oppfølging av personer i fengsel",
    "FLYKTNINGTJENESTE": "Flyktningtjeneste",
    "HJELP_KOMME_I_JOBB": "Hjelp til å komme i jobb",
    "HJELPDIGITALETJENESTER": "Hjelp med digitale tjenester",
    "INTROPROGRAMMET": "Introduksjonsprogrammet",
    "KOMMUNAL_TILLEGGSPENSJON": "Kommunal tilleggspensjon",
    "KOMMUNALT_FRIKORT_HELSETJENESTER": "Kommunalt frikort for helsetjenester",
    "LEDSAGERBEVIS": "Ledsagerbevis",
    "PARKERING_FORFLYTNINGSHEMMEDE": "Parkering for forflytningshemmede",
    "PRIVATOKONOMI_FORVALTNING": "Forvaltning av privatøkonomi",
    "PSYKISK_HELSE_OPPFOLGING": "Oppfølging ved psykiske helseproblemer",
    "REDUSERT_FORELDREBETALING": "Redusert foreldrebetaling i barnehage og SFO",
    "RUS_OPPFOLGING": "Oppfølging ved rusproblemer",
    "SJOFARTSOPPGAVER": "Sjøfartsoppgaver",
    "SKJENKEBEVILLING": "Skjenkebevilling",
    "STARTLAN": "Startlån og tilskudd fra kommunen",
    "STOTTEKONTAKT": "Støttekontakt",
    "TILRETTELAGT_TRANSPORT": "Tilrettelagt transport (TT-kort)",
}
"""Names of schemes, shown in every language as the Norwegian they are asked for in."""


@dataclass(frozen=True, slots=True)
class Said:
    """A few words; `lang` and `direction` only where they differ from the page's."""

    text: str
    lang: str | None = None
    direction: str | None = None


def say_services(codes: tuple[str, ...], locale: Locale) -> tuple[Said, ...]:
    """Return the words of service codes, those in the reader's language first."""
    said = (_say_service(code, locale) for code in codes)
    return tuple(sorted(said, key=lambda one: one.lang is not None))


def _say_service(code: str, locale: Locale) -> Said:
    if code in WORDS:
        return Said(words_in(locale).text(WORDS[code]))
    name = NORWEGIAN.get(code) or code.replace("_", " ").capitalize()
    return Said(name, *mark_language("nb", locale))


def say_languages(codes: tuple[str, ...], locale: Locale) -> tuple[str, ...]:
    """Return the names of spoken languages; a code we do not know stands as it is."""
    return tuple(_say_language(code, locale) for code in codes)


def _say_language(code: str, locale: Locale) -> str:
    spoken = find_spoken_language(code)
    if spoken:
        return name_for(spoken, locale)
    names = babel_locale(locale).languages
    # CLDR has no word of its own for bokmål in Kinyarwanda; it is what «Norwegian» means there.
    known = names.get(code.replace("-", "_")) or (names.get("no") if code == "nb" else None)
    return str(known or code)
