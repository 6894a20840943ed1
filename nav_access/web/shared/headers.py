"""The headers every answer carries, whatever its status."""

from nav_access.web.shared.styles import Stylesheet

PLAIN_POLICY = "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'"


def security_headers(stylesheet: Stylesheet | None) -> list[tuple[str, str]]:
    """Return the policy headers for a page with this stylesheet, or for one without."""
    policy = stylesheet.policy if stylesheet else PLAIN_POLICY
    return [
        ("Content-Security-Policy", policy),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
    ]
