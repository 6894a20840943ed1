"""Work on a clock beside the server: what is due because time passes, and messages to send."""

from threading import Event

from flask import Flask

from nav_access.erasing.service import erase_due
from nav_access.intake.clocks import run_clocks
from nav_access.kiosk.sweeping import sweep_visits
from nav_access.web.messages.feedback import look_after_feedback
from nav_access.web.messages.send import send_due
from nav_access.web.shared.installation import installation

CLOCKS_EVERY_S = 30.0
START_AFTER_S = 2.0
"""What has waited while nobody served waits until the first pages are served."""
SEND_EVERY_S = 5.0
"""A receipt by text should be there before the person puts the phone away."""

ERASE_EVERY_S = 60.0
"""Also how long a site has been serving when it begins: nothing of it hurries."""


def keep_clocks(app: Flask, stop: Event) -> None:
    """Run the clocks until told to stop; other processes may do the same."""
    with app.app_context():
        site = installation()
        stop.wait(START_AFTER_S)
        while not stop.is_set():
            run_clocks(site.database, site.keyring, now=site.clock())
            look_after_feedback(site, site.clock())
            sweep_visits(site.database, now=site.clock())
            stop.wait(CLOCKS_EVERY_S)


def keep_sending(app: Flask, stop: Event) -> None:
    """Send messages as they fall due until told to stop."""
    with app.app_context():
        site = installation()
        stop.wait(START_AFTER_S)
        while not stop.is_set():
            send_due(site, site.clock())
            stop.wait(SEND_EVERY_S)


def keep_erasing(app: Flask, stop: Event) -> None:
    """Erase what its person can no longer take back, and once a day all whose time is over."""
    with app.app_context():
        site = installation()
        while not stop.wait(ERASE_EVERY_S):
            erase_due(site.database, site.keyring, now=site.clock(), stop=stop)
