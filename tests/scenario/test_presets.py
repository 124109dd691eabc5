"""Every preset loads, and every figure in it says where it comes from."""

from collections.abc import Iterator

import pytest

from visualizer.scenario import load_preset, parse, preset_names

NAMES = preset_names()


def values(group: object, path: str) -> Iterator[str]:
    """The dotted path of every value; a list is one value."""
    if isinstance(group, dict):
        for key, part in group.items():
            yield from values(part, f"{path}.{key}" if path else key)
    else:
        yield path


def test_there_are_presets_of_many_products() -> None:
    titles = {load_preset(name).title for name in NAMES}
    assert len(titles) == len(NAMES)
    assert len({title.split()[0].strip(",") for title in titles}) >= 16


@pytest.mark.parametrize("name", NAMES)
def test_every_value_has_one_source_and_every_source_a_value(name: str) -> None:
    preset = load_preset(name)
    held = [*values(dict(preset.tier), ""), *values(dict(preset.clients), "clients")]
    assert sorted(source.value for source in preset.sources) == sorted(held)


@pytest.mark.parametrize("name", NAMES)
def test_it_changes_what_it_is_put_into(name: str) -> None:
    head = "title: T\nduration: 20s\ntraffic: {rate: 1/s}\n"
    preset, plain = load_preset(name), parse(head + "tiers: {a: {}}\n", "t.yaml").setup
    if preset.tier:
        filled = parse(head + f"tiers: {{a: {{preset: {name}}}}}\n", "t.yaml").setup
        assert filled.tiers != plain.tiers
    if preset.clients:
        filled = parse(head + f"clients: {{preset: {name}}}\ntiers: {{a: {{}}}}\n", "t.yaml").setup
        assert filled.clients != plain.clients
