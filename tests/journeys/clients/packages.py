"""Which version a program is that does not say it: its package knows."""


def package(name: str) -> tuple[str, ...]:
    """Return the command that says the version of a package, as its makers number it."""
    return ("dpkg-query", "--show", "--showformat=${source:Upstream-Version}", name)
