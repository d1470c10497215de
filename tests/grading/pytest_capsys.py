# capsys on what the program prints.
# needs: pytest
# %% program
import sys


def hello(name):
    print("Hello", name)
    print("note", file=sys.stderr)


def total(n):
    for i in range(n):
        print(i, end=" ")
    print()
# %% tests
from starter import hello, total


def test_hello(capsys):
    hello("Ada")
    out, err = capsys.readouterr()
    assert out == "Hello Ada\n"
    assert err == "note\n"


def test_total(capsys):
    total(3)
    assert capsys.readouterr().out.split() == ["0", "1", "2"]
    total(1)
    assert capsys.readouterr().out == "0 \n"
    assert capsys.readouterr().out == ""
# %% cases
# test_hello: passed
# test_total: passed
