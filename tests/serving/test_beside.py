"""Work beside the server goes on, whatever happens to it, until the server stops."""

from threading import Event

from nav_access.serving.beside import running_beside


def test_work_runs_until_the_server_stops():
    began, ended = Event(), Event()

    def work(app, stop):
        assert app == "the app"
        began.set()
        stop.wait(10)
        ended.set()

    with running_beside("the app", [work]):
        assert began.wait(5)
        assert not ended.is_set()
    assert ended.is_set()


def test_work_that_fails_begins_again_and_its_words_are_not_logged(caplog):
    times, again = [], Event()

    def work(_app, _stop):
        times.append(1)
        if len(times) > 2:
            again.set()
        raise ValueError("Leyla, 400 00 000")

    with running_beside(None, [work], pause_s=0.01):
        assert again.wait(5)
    assert "work failed with ValueError" in caplog.text
    assert "Leyla" not in caplog.text
