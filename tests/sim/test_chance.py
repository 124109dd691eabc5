"""The generator against its published answers, and its exponential numbers against the law."""

from __future__ import annotations

import hashlib
import math

import numpy as np
import pytest

from visualizer.sim.chance import (
    FIXED_ONE,
    Integers,
    Purpose,
    draw,
    draw_exponential,
    exponential,
    keys_of,
    philox,
    philox_with,
    scaled,
)

DRAWS = 200_000


def draws(seed: int, purpose: Purpose, count: int = DRAWS) -> Integers:
    words = philox(seed, purpose, np.arange(count // 4, dtype=np.int64))
    return exponential(np.stack(words, axis=1)).ravel()


@pytest.mark.parametrize(
    ("counter", "key", "answer"),
    [
        ((0, 0, 0, 0), (0, 0), "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
        ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, "408f276d 41c83b0e a20bc7c6 6d5451fd"),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            "d16cfe09 94fdcceb 5001e420 24126ea1",
        ),
    ],
)
def test_known_answers(counter: tuple[int, ...], key: tuple[int, int], answer: str) -> None:
    """The three vectors of Random123's kat_vectors for philox4x32-10."""
    index = np.array([counter[0] | counter[1] << 32], dtype=np.uint64).view(np.int64)
    words = philox(key[0] | key[1] << 32, counter[3], index, counter[2])  # type: ignore[arg-type]
    assert " ".join(f"{int(word[0]):08x}" for word in words) == answer


def test_a_draw_depends_on_its_own_key_alone() -> None:
    """Drawn in another company and another order, each index gives the same words."""
    index = np.arange(100, dtype=np.int64)
    all_words = np.stack(philox(7, Purpose.LIFETIME, index))
    some = np.array([93, 5, 17], dtype=np.int64)
    assert np.array_equal(np.stack(philox(7, Purpose.LIFETIME, some)), all_words[:, some])


def test_every_part_of_the_key_matters() -> None:
    index = np.arange(4, dtype=np.int64)
    streams = [
        philox(seed, purpose, index, block)
        for seed in (0, 1, 1 << 32)
        for purpose in Purpose
        for block in (0, 1)
    ]
    assert len({np.stack(words).tobytes() for words in streams}) == len(streams)


SEEDS = (0, 1, 7, 1 << 32, (1 << 64) - 1, -3)


def test_many_seeds_at_once_draw_what_each_draws_alone() -> None:
    index = np.array([0, 1, 5, 1 << 33], dtype=np.int64)
    table = philox_with(
        keys_of(SEEDS)[:, :, np.newaxis], Purpose.ARRIVAL, index[:, np.newaxis], (4, len(SEEDS)), 3
    )
    for number, seed in enumerate(SEEDS):
        assert np.array_equal(table[:, :, number], philox(seed, Purpose.ARRIVAL, index, 3))
    of = np.array([2, 0, 5, 2])
    keys = (pair.take(of, axis=1) for pair in keys_of(SEEDS))
    mixed = philox_with(keys, Purpose.ARRIVAL, index, index.shape, 3)
    assert np.array_equal(mixed, table[:, np.arange(4), of])


def test_one_draw_is_the_first_word_of_its_index() -> None:
    """In order or not: what is drawn ahead makes no difference."""
    index = np.array([0, 1, 127, 128, 129, 5_000, 2], dtype=np.int64)
    words = philox(9, Purpose.SYNC_LOSS, index, 70)[0]
    assert [draw(9, Purpose.SYNC_LOSS, one, 70) for one in index.tolist()] == words.tolist()
    units = [int(draw_exponential(9, Purpose.SYNC_LOSS, one, 70)[0]) for one in index.tolist()]
    assert units == exponential(words).tolist()


def test_the_mean_and_the_spread_of_exponential_draws() -> None:
    """Mean 1 and variance 1; three standard errors of 200,000 draws."""
    values = draws(1, Purpose.ARRIVAL) / FIXED_ONE
    assert abs(values.mean() - 1) < 3 / math.sqrt(DRAWS)
    assert abs(values.var() - 1) < 3 * math.sqrt(8 / DRAWS)


@pytest.mark.parametrize("share", [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999])
def test_the_quantiles_of_exponential_draws(share: float) -> None:
    below = (draws(2, Purpose.LIFETIME) / FIXED_ONE <= -math.log1p(-share)).mean()
    assert abs(below - share) < 3 * math.sqrt(share * (1 - share) / DRAWS)


@pytest.mark.parametrize("word", [0, 1, 2, 3, 12345, 1 << 16, 1 << 31, (1 << 32) - 2, (1 << 32) - 1])
def test_exponential_is_the_logarithm(word: int) -> None:
    """Within 2e-7 of -ln((word + 1/2) / 2^32), the two ends included."""
    value = int(exponential(np.array([word], dtype=np.uint64))[0]) / FIXED_ONE
    assert value == pytest.approx(-math.log((word + 0.5) / FIXED_ONE), abs=2e-7)
    assert value >= 0


def test_exponential_never_rises_with_its_word() -> None:
    words = np.unique(np.concatenate([np.arange(1 << 12), philox(3, Purpose.ARRIVAL, np.arange(5000))[0]]))
    assert (np.diff(exponential(words.astype(np.uint64))) <= 0).all()


def test_the_draws_are_the_same_on_every_machine() -> None:
    """If this digest changes, every Poisson scenario gives another run: never change it lightly."""
    content = hashlib.sha256()
    for purpose in (Purpose.ARRIVAL, Purpose.LIFETIME, Purpose.TRANSACTION):
        content.update(draws(20110807, purpose, 40_000).astype("<i8").tobytes())
    assert content.hexdigest() == "765f1f7111a7ee54d6f35726f70591b39b08482dcf57c9a40d21a520fcecfc14"


@pytest.mark.parametrize("mean_us", [1, 999, 20_000_000, (1 << 25) - 1, 1 << 25, 86_400_000_000])
def test_scaling_rounds_down_to_whole_microseconds(mean_us: int) -> None:
    units = draws(4, Purpose.LIFETIME, 2_000)
    exact = np.array([int(unit) * mean_us >> 32 for unit in units])
    error = exact - scaled(units, mean_us)
    assert error.min() >= 0
    assert error.max() <= (0 if mean_us < 1 << 25 else mean_us >> 16)


def test_scaling_does_not_overflow() -> None:
    """The largest draw (about 23 means) of the longest lifetime."""
    largest = exponential(np.array([0], dtype=np.uint64))
    assert scaled(largest, (1 << 25) - 1)[0] > 22 * ((1 << 25) - 1)
    assert scaled(largest, 86_400_000_000)[0] > 22 * 86_400_000_000
