"""How many bytes each citizen page and state is, in every language.

Gzip at the level phones get; headers as they travel. The journey is front page, form, receipt.
"""

from collections import defaultdict
from collections.abc import Iterator
from gzip import compress
from statistics import median

from benchmarks.sample_site import sample_site
from tests.conftest import MONDAY_MORNING, FixedClock
from tests.page import Page
from tests.page_checks import header_bytes, is_citizen_page
from tests.pages import ALL, Seen, visit_all

JOURNEY = ("front", "help, blank", "help, receipt")
OWN_ALPHABET = ("nb", "nn", "en")


def main() -> None:
    """Print one line a state, then the journey."""
    sizes: dict[str, dict[str, int]] = defaultdict(dict)
    headers: dict[str, int] = defaultdict(int)
    for lang in ALL:
        for seen in _visit(lang):
            page = Page.read(seen.response)
            if is_citizen_page(page):
                state = seen.name.removesuffix(f" [{lang}]")
                sizes[state][lang] = _gzipped(page)
                headers[state] = max(headers[state], header_bytes(page))
    print(f"{'gzip bytes':<40}{'nb nn en':>10}{'median':>8}{'most':>7}  in      {'headers':>8}")
    for state, by_lang in sizes.items():
        _print_state(state, by_lang, headers[state])
    _print_journey(sizes, headers)


def _visit(lang: str) -> Iterator[Seen]:
    """Go to every state in a language, at a site of its own: else its free times would run out.

    At one moment, whenever it is measured: by night other things stand on the pages.
    """
    with sample_site(FixedClock(MONDAY_MORNING)) as app:
        yield from visit_all(app, (lang,))


def _gzipped(page: Page) -> int:
    return len(compress(page.response.get_data(), 6, mtime=0))


def _print_state(state: str, by_lang: dict[str, int], headers: int) -> None:
    ours = max(by_lang[lang] for lang in OWN_ALPHABET)
    worst = max(by_lang, key=lambda lang: by_lang[lang])
    middle = median(by_lang.values())
    print(f"{state:<40}{ours:>10}{middle:>8.0f}{by_lang[worst]:>7}  {worst:<8}{headers:>8}")


def _print_journey(sizes: dict[str, dict[str, int]], headers: dict[str, int]) -> None:
    totals = {lang: sum(sizes[s][lang] + headers[s] for s in JOURNEY) for lang in ALL}
    worst = max(totals, key=lambda lang: totals[lang])
    print(f"journey, headers included: nb {totals['nb']}, most {totals[worst]} ({worst})")


if __name__ == "__main__":
    main()
