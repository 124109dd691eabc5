"""What cannot be written is named as it was asked for, never by the name of a part."""

from pathlib import Path

import pytest

from visualizer.files import write_beside


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    wanted = tmp_path / "nowhere" / "x.png"
    with pytest.raises(FileNotFoundError) as caught:
        write_beside(wanted, b"")
    assert caught.value.filename == str(wanted)
    assert caught.value.strerror == f"there is no folder {wanted.parent}; make it first"


def test_a_folder_that_takes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_: object) -> tuple[int, str]:
        raise PermissionError(13, "Permission denied", str(tmp_path / ".x.part"))

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(PermissionError) as caught:
        write_beside(tmp_path / "x.png", b"")
    assert caught.value.filename == str(tmp_path / "x.png")
    assert list(tmp_path.iterdir()) == []
