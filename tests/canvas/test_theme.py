from __future__ import annotations

from itertools import combinations

import pytest

from visualizer.canvas.theme import ROLES, ThemeError, contrast, load_theme, theme_names
from visualizer.files import shipped

WORDS = (
    "text",
    "text_dim",
    "active",
    "standby",
    "struck",
    "suspect",
    "request",
    "sync",
    "heartbeat",
    "announce",
)
GROUNDS = ("background", "background_low", "panel", "card")


def test_the_four_themes_are_there() -> None:
    assert theme_names() == ["night", "light", "print", "room"]


@pytest.mark.parametrize("name", ["night", "light", "print", "room"])
class TestEveryTheme:
    def test_has_every_role(self, name: str) -> None:
        assert set(load_theme(name).colours) == set(ROLES)

    @pytest.mark.parametrize("word", WORDS)
    def test_words_are_readable_on_every_ground(self, name: str, word: str) -> None:
        theme = load_theme(name)
        grounds = [theme.colours[ground] for ground in GROUNDS] + [theme.middle]
        assert all(contrast(theme.colours[word], ground) >= 4.5 for ground in grounds)

    @pytest.mark.parametrize(
        ("word", "ground"),
        [("struck", "card_struck"), ("struck", "verdict_bad"), ("active", "verdict_good"),
         ("struck", "outage"), ("text", "card_struck"), ("text", "verdict_bad"), ("text", "verdict_good")],
    )  # fmt: skip
    def test_words_are_readable_on_their_own_ground(self, name: str, word: str, ground: str) -> None:
        theme = load_theme(name)
        assert contrast(theme.colours[word], theme.colours[ground]) >= 4.5

    def test_states_differ_in_grey_too(self, name: str) -> None:
        theme = load_theme(name)
        states = [theme.colours[state] for state in ("active", "standby", "struck", "suspect")]
        assert all(contrast(one, other) >= 1.12 for one, other in combinations(states, 2))

    def test_grounds_are_opaque(self, name: str) -> None:
        assert all(load_theme(name).colours[ground][3] == 255 for ground in GROUNDS)


@pytest.mark.parametrize("word", WORDS)
def test_a_class_room_has_seven_to_one(word: str) -> None:
    theme = load_theme("room")
    own = {"struck": ("card_struck", "verdict_bad", "outage"), "active": ("verdict_good",)}
    grounds = (*GROUNDS, *own.get(word, ()))
    assert all(contrast(theme.colours[word], theme.colours[ground]) >= 7 for ground in grounds)


def test_contrast_of_black_and_white_is_21() -> None:
    assert contrast((0, 0, 0, 255), (255, 255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119, 255), (255, 255, 255, 255)) == pytest.approx(4.48, abs=0.005)


def test_alpha_multiplies_and_is_clipped() -> None:
    theme = load_theme("night")
    assert theme.colour("text", 0.5)[3] == 128
    assert theme.colour("text", 7)[3] == 255
    assert theme.colour("text", -1)[3] == 0


def test_unknown_theme_names_the_known_ones() -> None:
    with pytest.raises(ThemeError, match="there is no theme 'nigth'; there are night, light, print, room"):
        load_theme("nigth")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('struck = "#ff6f5b"', "", "no colour for struck"),
        ('struck = "#ff6f5b"', 'struck = "red"', "struck is 'red'; expected a colour like"),
        ('struck = "#ff6f5b"', 'struck = "#ff6f5b"\nstrook = "#000000"', "unknown role strook"),
        ("glow = 0.5", "glow = 5", "glow is 5; expected a number from 0 to 1"),
        ('middle = "#0f1930"', "", "middle is None"),
        ("[roles]", "[roles", "line"),
        ("[roles]", "roles = 3\n[other]", "not a table"),
    ],
)
def test_a_bad_theme_is_one_clear_line(tmp_path, old: str, new: str, message: str) -> None:
    text = (shipped("assets") / "themes" / "night.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "mine.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(ThemeError) as caught:
        load_theme("mine", tmp_path)
    assert "mine.toml" in str(caught.value)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
