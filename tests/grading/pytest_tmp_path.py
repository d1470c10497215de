# tmp_path, and files that both sides read and write.
# needs: pytest
# %% program
from pathlib import Path


def save(path, text):
    Path(path).write_text(text)


def load(path):
    with open(path) as file:
        return file.read()


def names(folder):
    return sorted(p.name for p in Path(folder).iterdir())
# %% tests
from starter import load, names, save


def test_save(tmp_path):
    path = tmp_path / "a.txt"
    save(path, "hello")
    assert path.read_text() == "hello"


def test_load(tmp_path):
    path = tmp_path / "b.txt"
    path.write_text("bye")
    assert load(str(path)) == "bye"


def test_names(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "x.txt").touch()
    assert names(tmp_path) == ["sub", "x.txt"]
# %% cases
# test_save: passed
# test_load: passed
# test_names: passed
