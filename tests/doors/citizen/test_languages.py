"""Whatever language a page is in, what is chosen on it is stored as the same codes."""

import pytest

from nav_access.core.i18n.locales import OFFERED
from tests.page import page

CHOSEN = {
    "need": ["food", "letter"],
    "acute": "no_food_today",
    "place": "0150",
    "reach": "call",
    "phone": "400 00 000",
    "when": "midday",
    "voicemail": "yes",
    "children": "yes",
}
NOT_OURS = ("token", "speak", "to")


def offered(form):
    """Return what can be chosen, by field: the values of every button, box and list."""
    controls = form.tag.select("input[name], select[name] option")
    pairs = [(one.get("name") or one.parent["name"], one.get("value")) for one in controls]
    return [(name, value) for name, value in pairs if name not in NOT_OURS]


@pytest.mark.parametrize("lang", [locale.path for locale in OFFERED])
def test_what_can_be_chosen_and_what_is_stored_is_the_same(citizen, lang):
    ours = citizen.page(f"/{lang}/help").form()
    assert offered(ours) == offered(citizen.page("/nb/help").form())
    page(ours.fill(**CHOSEN).submit(citizen.client), lang=None)
    (case,) = citizen.cases()
    assert (case.language, set(case.needs), set(case.acute), case.has_children) == (
        next(one.tag for one in OFFERED if one.path == lang),
        {"food", "letter"},
        {"no_food_today"},
        True,
    )
