"""Whatever a file holds: a scenario, or a ScenarioError in single printable lines. Nothing else, ever."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from scenario.full import FULL

from visualizer.scenario import ScenarioError, load, parse, shipped_names

TEXTS = [FULL, *(load(name).text for name in shipped_names())]
TROUBLE = [
    "\t", "\0", "[", "]", "{", "}", "- ", "? ", ": ", "\n", "\r", "&a ", "*a", "!!int ", "<<: ", "|", ">",
    "'", '"', "#", "%", "---\n", "...", "@", "`", "0s", "-1", "1e999", ".nan", "null", "~", "on", "\ufeff",
    "{}", "[]", "events:\n", "tiers:\n", "  link: {latency: 1ms}\n", "traffic: ", "99999999999999999999",
    '"\\ud800"', '"\\UFFFFFFFF"', "set", "value: ", "fault: cut", "firewall", "link", "5/s", "\udc80",
    "60%", "3/5", "1Mbit/s", "44B", "preset: x", "sites: ", "cache: [1s]", "none", "serial", "true",
    "story: ", "story: {chapters: [", "at: first ", 'say: "{lost', "{open}", "ask: survivors", "ask: {",
    "highlight: [", "choices: []", "labels: {a: b}", " of firewall", " before ", " - 500ms",
]  # fmt: skip
PIECES = st.one_of(st.sampled_from(TROUBLE), st.text(max_size=4))


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A shipped file with words dropped, doubled, exchanged, and pieces of trouble put in."""
    words = re.findall(r"\s+|[\w./]+|.", draw(st.sampled_from(TEXTS)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(words) - 1))
        match draw(st.sampled_from(["drop", "double", "put", "exchange", "swap"])):
            case "drop" if len(words) > 1:
                del words[at]
            case "double":
                words.insert(at, words[at])
            case "put":
                words.insert(at, draw(PIECES))
            case "exchange":
                words[at] = draw(PIECES)
            case _:
                other = draw(st.integers(0, len(words) - 1))
                words[at], words[other] = words[other], words[at]
    return "".join(words)


def check(text: str, overrides: tuple[str, ...] = (), faults: tuple[str, ...] = ()) -> None:
    found = None
    try:
        parse(text, "f.yaml", overrides, faults)
    except ScenarioError as error:
        found = error
    if found is not None:
        lines = str(found).split("\n")
        assert len(lines) == len(found.problems) > 0
        assert all(line.isprintable() for line in lines)
        last = text.count("\n") + text.count("\r") + 1
        assert all(0 <= problem.line <= last for problem in found.problems)


@given(mutated())
@settings(max_examples=400, deadline=None)
def test_no_mutation_of_a_shipped_file_raises_anything_else(text: str) -> None:
    check(text)


@given(st.text(alphabet="ab:-?[]{}&*!|>'\"#%@, \n0/s~<=.", max_size=60))
@settings(max_examples=300, deadline=None)
def test_no_yaml_like_text_raises_anything_else(text: str) -> None:
    check(text)


@given(
    st.lists(st.from_regex(r"(tiers|traffic|seed|events|tick|)(\.[a-z]{0,9}){0,4}=?.{0,9}"), max_size=3),
    st.lists(st.from_regex(r"(host|cut|.{0,3}):?(firewall)?\.?(link|primary)?@?[0-9a-z]{0,4}"), max_size=3),
)
@settings(max_examples=200, deadline=None)
def test_no_option_raises_anything_else(overrides: list[str], faults: list[str]) -> None:
    check(TEXTS[1], tuple(overrides), tuple(faults))
