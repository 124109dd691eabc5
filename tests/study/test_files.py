"""Tables as files: what others read of them without options; the same bytes; one line when it fails."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
import pyarrow.parquet
import pytest

from visualizer.study.error import StudyError
from visualizer.study.files import WRITERS, write_table
from visualizer.study.table import Table

TABLE = Table(
    {
        "path": np.array(["parallel", 'cross, "both"', "ä"]),
        "runs": np.array([1, 2, 2**53 + 1]),
        "lost_mean": np.array([0.1, np.nan, 1e-9]),
    },
    {"scenario": "pair", "seeds": "0 to 2"},
)


@pytest.mark.parametrize("kind", WRITERS)
def test_the_same_bytes_each_time(tmp_path: Path, kind: str) -> None:
    for name in ("a", "b"):
        write_table(TABLE, tmp_path / f"{name}{kind}")
    assert (tmp_path / f"a{kind}").read_bytes() == (tmp_path / f"b{kind}").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"a{kind}", f"b{kind}"]


def test_csv_for_everybody(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    write_table(TABLE, path)
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode(), newline="")))
    assert rows[0] == ["path", "runs", "lost_mean"]
    assert rows[2] == ['cross, "both"', "2", ""]
    assert path.read_bytes().count(b"\r\n") == 4
    for frame in (pd.read_csv(path), pl.read_csv(path).to_pandas()):
        assert frame["runs"].tolist() == TABLE["runs"].tolist()
        assert frame["path"].tolist() == TABLE["path"].tolist()
        assert frame["lost_mean"].tolist()[::2] == [0.1, 1e-9]
        assert np.isnan(frame["lost_mean"][1])


def test_json_with_what_was_asked(tmp_path: Path) -> None:
    write_table(TABLE, tmp_path / "table.json")
    said = json.loads((tmp_path / "table.json").read_bytes())
    assert said["about"] == dict(TABLE.about)
    assert said["columns"]["lost_mean"] == [0.1, None, 1e-9]
    assert said["columns"]["runs"] == [1, 2, 2**53 + 1]
    assert pd.DataFrame(said["columns"])["path"].tolist() == TABLE["path"].tolist()


def test_parquet_with_what_was_asked(tmp_path: Path) -> None:
    path = tmp_path / "table.PARQUET"
    write_table(TABLE, path)
    arrow = pyarrow.parquet.read_table(path)
    assert {key.decode(): value.decode() for key, value in arrow.schema.metadata.items()} == dict(TABLE.about)
    assert arrow.schema.types == ["string", "int64", "double"]
    assert pl.read_parquet(path)["runs"].to_list() == TABLE["runs"].tolist()
    assert pd.read_parquet(path)["lost_mean"].tolist()[::2] == [0.1, 1e-9]


@pytest.mark.parametrize("kind", WRITERS)
def test_an_empty_table(tmp_path: Path, kind: str) -> None:
    write_table(Table({"runs": np.zeros(0, dtype=np.int64)}, {}), tmp_path / f"none{kind}")
    assert (tmp_path / f"none{kind}").stat().st_size


def test_an_unknown_ending(tmp_path: Path) -> None:
    for name in ("table.xlsx", "table"):
        with pytest.raises(StudyError, match=r"is no kind of table; the kinds are: \.csv, \.json, \.parquet"):
            write_table(TABLE, tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_without_pyarrow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == "pyarrow"]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(StudyError) as error:
        write_table(TABLE, tmp_path / "table.parquet")
    assert str(error.value) == (
        f"{tmp_path}/table.parquet: Parquet needs the package pyarrow; install it with: "
        "pip install 'failover-visualizer[parquet]', or say .csv or .json"
    )
    write_table(TABLE, tmp_path / "table.csv")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="there is no folder"):
        write_table(TABLE, tmp_path / "none" / "table.csv")


# --- notebooks: no copy -----------------------------------------------------------------------------------


def test_pandas_takes_the_columns_where_they_lie() -> None:
    frame = pd.DataFrame(dict(TABLE), copy=False)
    assert list(frame.columns) == list(TABLE.keys())
    for name in ("runs", "lost_mean"):
        assert np.shares_memory(frame[name].to_numpy(), TABLE[name])


def test_polars_takes_the_columns_where_they_lie() -> None:
    for frame in (pl.DataFrame(TABLE), pl.DataFrame(dict(TABLE))):
        assert frame.schema == {"path": pl.String, "runs": pl.Int64, "lost_mean": pl.Float64}
        for name in ("runs", "lost_mean"):
            assert np.shares_memory(frame[name].to_numpy(), TABLE[name])


def test_arrow_takes_the_columns_where_they_lie() -> None:
    arrow = TABLE.arrow()
    for name in ("runs", "lost_mean"):
        assert arrow[name].chunk(0).buffers()[1].address == TABLE[name].ctypes.data
    assert pyarrow.table(TABLE).num_rows == 3
