"""The words of protected persons: why, why no more, and why somebody looked all the same."""

from nav_access.core.i18n.wording import N_
from nav_access.intake.protected.codes import EndReason, GlassReason, ProtectionReason

PROTECTION_REASONS: dict[ProtectionReason | None, str] = {
    None: N_("Not chosen yet"),
    ProtectionReason.PROTECTED_ADDRESS: N_("The person has a protected address"),
    ProtectionReason.THREATENED: N_("Somebody dangerous may look for the person"),
    ProtectionReason.OTHER: N_("Something else, written below"),
}

END_REASONS: dict[EndReason | None, str] = {
    None: N_("Not chosen yet"),
    EndReason.PROTECTION_ENDED: N_("The person is not protected any more"),
    EndReason.MISTAKE: N_("It was protected by mistake"),
}

GLASS_REASONS: dict[GlassReason | None, str] = {
    None: N_("Not chosen yet"),
    GlassReason.DANGER: N_("Somebody's life or health is in danger"),
    GlassReason.ACUTE_NEED: N_("The person needs help today, and nobody with the role is here"),
    GlassReason.PERSON_IS_HERE: N_("The person is here or on the phone, and asks for it"),
}

PROTECTIONS: dict[str, str] = {
    str(code): word
    for words in (PROTECTION_REASONS, END_REASONS, GLASS_REASONS)
    for code, word in words.items()
    if code
}
"""What a line of the timeline says about why."""
