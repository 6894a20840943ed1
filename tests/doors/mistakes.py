"""Sending a form of a page once for each of several mistakes."""

import re

from tests.page import Form

MARKED = re.compile(r'name="(\w+)"[^>]*aria-invalid')


def list_missed(form: Form, browser, cases):
    """Return the mistakes, as (what is typed, the field to mend), that the page did not notice."""
    before = dict(form.values)
    missed = []
    for typed, field in cases:
        form.values = dict(before)
        answer = form.fill(**typed).submit(browser)
        if field not in MARKED.findall(answer.text):
            missed.append((typed, field))
    return missed
