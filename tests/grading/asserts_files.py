# Files that the tests write and the program reads, and the reverse.
# %% program
import csv
import json
from pathlib import Path


def count_lines(path):
    with open(path) as file:
        return sum(1 for _ in file)


def save(path, data):
    with open(path, "w") as file:
        json.dump(data, file)


def rows(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


def append(path, text):
    Path(path).write_text(Path(path).read_text() + text)
# %% tests
import json
import os
import tempfile

with open("numbers.txt", "w") as file:
    file.write("1\n2\n3\n")
assert count_lines("numbers.txt") == 3
save("out.json", {"a": [1, 2]})
with open("out.json") as file:
    assert json.load(file) == {"a": [1, 2]}
assert os.path.exists("out.json") and json.loads(open("out.json").read())["a"] == [1, 2]
with open("t.csv", "w") as file:
    file.write("name,age\nAda,36\n")
assert rows("t.csv") == [{"name": "Ada", "age": "36"}]
append("numbers.txt", "4\n")
assert open("numbers.txt").read().endswith("3\n4\n")
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "x.json")
    save(path, 5)
    written = open(path).read()
assert written == "5"
try:
    count_lines("missing.txt")
    error = None
except FileNotFoundError as e:
    error = e
assert error is not None and error.filename == "missing.txt"
# %% cases
# Test 1: passed
# Test 2: passed
# Test 3: passed
# Test 4: passed
# Test 5: passed
# Test 6: passed
