lines = output.splitlines()

assert "7 49" in output
assert output.count("\n") in (7, 8)
assert lines[-1] == "done ada grace"
assert len(lines) == 8 and lines[0] == "1 1"
assert starter.LIMIT == 7
assert NAMES == ("ada", "grace")
assert starter.square(12) == 144
