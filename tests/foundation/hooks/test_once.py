"""What a page asks of several packages is loaded once."""

from alongside.foundation.hooks import assembling, loaded, once


def test_outside_of_a_page_everything_is_asked_again():
    asked = []
    for _ in range(2):
        once("pairs", lambda: asked.append(1))
    assert asked == [1, 1]


def test_while_a_page_is_put_together_each_thing_is_asked_once():
    asked = []
    with assembling():
        found = [once(("pairs", who), lambda who=who: asked.append(who) or who) for who in ("ben", "amara", "ben")]
    assert (found, asked) == (["ben", "amara", "ben"], ["ben", "amara"])


def test_nothing_is_kept_for_the_next_page():
    with assembling():
        once("pairs", lambda: "before")
    with assembling():
        assert once("pairs", lambda: "after") == "after"
    assert once("pairs", lambda: "later") == "later"


def test_nothing_found_is_found_once_too():
    asked = []
    with assembling():
        for _ in range(2):
            assert once("pairs", lambda: asked.append(1)) is None
    assert asked == [1]


def test_what_is_loaded_is_known_while_the_page_is_put_together():
    assert loaded("pairs") is None
    with assembling():
        assert loaded("pairs") is None
        once("pairs", list)
        assert loaded("pairs") == []
    assert loaded("pairs") is None
