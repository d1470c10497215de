import pathlib

here = pathlib.Path(".")
print(here.resolve() == pathlib.Path.cwd(), [path.name for path in here.iterdir()])
path = here / "data" / "values.txt"
path.parent.mkdir()
print(path.write_text("1\n2\n"), path.read_text().split(), path.suffix, path.stem, path.exists(), path.stat().st_size)
print(sorted(str(p) for p in here.rglob("*")), pathlib.PurePosixPath("/a/../b").parts, path)
path.unlink()
path.read_text()
