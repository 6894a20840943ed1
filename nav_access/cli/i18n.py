"""`flask i18n`: the sentences out of the code, into each language, and whether they are fit."""

import click
from flask.cli import AppGroup

from nav_access.core.i18n.catalogs import Domain, compile_catalog, po_path
from nav_access.core.i18n.check import check_all
from nav_access.core.i18n.status import Progress, list_progress, say_plainness
from nav_access.core.i18n.upkeep import (
    list_catalogs,
    read_catalog,
    template_path,
    template_text,
    updated_text,
)

i18n_group = AppGroup("i18n", help="The words: extract, update, check, status, compile.")


@i18n_group.command("extract")
def extract_command() -> None:
    """Collect the sentences of code and templates into public.pot and staff.pot."""
    for domain in Domain:
        path = template_path(domain)
        path.write_text(template_text(domain), "utf-8")
        click.echo(f"{path.name}: {sum(1 for each in read_catalog(path) if each.id)} sentences.")


@i18n_group.command("update")
@click.argument("tags", nargs=-1)
def update_command(tags: tuple[str, ...]) -> None:
    """Bring the languages TAGS (all that have a file, unless named) up to the templates."""
    for locale, domain in list_catalogs():
        path = po_path(locale, domain)
        if locale.tag in tags or (not tags and path.exists()):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(updated_text(locale, domain), "utf-8")
            click.echo(f"{path.parts[-3]}/{path.name} is up to date.")


@i18n_group.command("check")
@click.option("--all", "is_all", is_flag=True, help="Languages that are not offered yet, too.")
def check_command(*, is_all: bool) -> None:
    """Fail when words are missing, stale or unfit in a language that is offered."""
    findings = check_all(is_all=is_all)
    for finding in findings:
        click.echo(str(finding))
    if findings:
        raise click.ClickException(f"{len(findings)} things to mend in the words.")
    click.echo("The words are complete and fit.")


@i18n_group.command("status")
def status_command() -> None:
    """Show how far each language is."""
    click.echo(
        f"{'language':<10}{'domain':<8}{'done':>6}{'of':>6}{'missing':>9}{'fuzzy':>7}  state"
    )
    for progress in list_progress():
        click.echo(_line(progress))
    click.echo(f"English, which is in the code: {say_plainness()}.")


@i18n_group.command("compile")
def compile_command() -> None:
    """Compile every language now, for places where the site cannot write beside its words."""
    for locale, domain in list_catalogs():
        path = po_path(locale, domain)
        if path.exists():
            compile_catalog(path)
            click.echo(f"{path.parts[-3]}/{path.name} is compiled.")


def _line(progress: Progress) -> str:
    locale = progress.locale
    state = f"{locale.status}{', offered' if locale.is_offered else ''}"
    return (
        f"{locale.tag:<10}{progress.domain:<8}{progress.done:>6}{progress.total:>6}"
        f"{progress.missing:>9}{progress.fuzzy:>7}  {state}"
    )
