"""Every plain word that YAML programs read in different ways: one exact value here, or a question back."""

import pytest

from visualizer.scenario.problem import ScenarioError, WrongValueError
from visualizer.scenario.reader import read
from visualizer.scenario.scalars import plain_value

EXACT = {
    "true": True, "false": False, "0": 0, "3": 3, "-3": -3, "+3": 3, "1e3": 1000, "1E3": 1000, "0.5": 0.5,
    "-0.5": -0.5, "1.5e-3": 0.0015, "9223372036854775807": 2**63 - 1, "3s": "3s", "10/s": "10/s",
    "1.5min": "1.5min", "The miss": "The miss", "tiers.firewall": "tiers.firewall", "nobody": "nobody",
    "-dash": "-dash", "v1.2": "v1.2", "a:b": "a:b", "44B": "44B", "0B": "0B", "1kB": "1kB",
    "60%": "60%", "3/5": "3/5", "117760bit/s": "117760bit/s", "14720B/s": "14720B/s", "onward": "onward",
}  # fmt: skip

AMBIGUOUS = (
    "on", "off", "yes", "no", "NO", "Yes", "y", "N", "True", "FALSE", "null", "~", "Null", "014", "-014",
    "00", "12:30", "1:59:59", "1:59:59.5", "1_000", "1,000", ".nan", ".NaN", "nan", ".inf", "-.inf", "+.INF",
    "inf", "Infinity", "1e999", "-1e999", "1.0e+999", "0x10", "0xff", "0x_", "0o17", "0b101", "2026-13-45",
    "2026-01-01", "2026-01-01T00:00:00Z", ".5", "5.", "1.2.3", "=", "1e", "9" * 41,
)  # fmt: skip


@pytest.mark.parametrize(("text", "value"), EXACT.items())
def test_a_plain_word_has_one_exact_value(text: str, value: object) -> None:
    read_value = plain_value(text)
    assert read_value == value
    assert isinstance(read_value, bool) == isinstance(value, bool)
    assert isinstance(read_value, str) == isinstance(value, str)


@pytest.mark.parametrize("text", AMBIGUOUS)
def test_an_ambiguous_word_is_a_question_back_as_value_and_as_key(text: str) -> None:
    with pytest.raises(WrongValueError):
        plain_value(text)
    _, problems = read(f"title: {text}\n", "f.yaml")
    assert [(one.line, one.column) for one in problems] == [(1, 8)]
    _, problems = read(f"? {text}\n: 1\n", "f.yaml")
    assert [(one.line, one.column) for one in problems] == [(1, 3)]


@pytest.mark.parametrize("text", [text for text in AMBIGUOUS if len(text) < 40])
def test_quotes_make_it_text(text: str) -> None:
    tree, problems = read(f"title: '{text}'\n", "f.yaml")
    assert (tree.data, problems) == ({"title": text}, [])


def test_nothing_behind_a_key_is_a_problem() -> None:
    _, problems = read("title:\nseed: 1\n", "f.yaml")
    assert [str(one) for one in problems] == [
        "f.yaml:1:7: `title` has no value; write one, or take the line away"
    ]


def test_a_digit_beyond_ascii_is_text() -> None:
    tree, problems = read("title: ٣\n", "f.yaml")
    assert (tree.data, problems) == ({"title": "٣"}, [])


def test_more_digits_than_python_converts_are_refused() -> None:
    _, problems = read(f"seed: {'9' * 4_096}\n", "f.yaml")
    assert "too many digits" in problems[0].what
    with pytest.raises(ScenarioError):
        read(f"%YAML 1.{'9' * 5_000}\n--- {{seed: 1}}\n", "f.yaml")
