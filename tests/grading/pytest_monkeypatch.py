# monkeypatch of input, of the program's attributes, of the environment and of the standard library.
# needs: pytest
# %% program
import os
import random

RATE = 2


def ask():
    return int(input("n: ")) * RATE


def home():
    return os.environ.get("GREETING", "none")


def roll():
    return random.randint(1, 6)


class Config:
    level = 1


def level():
    return Config.level


def read_all():
    lines = []
    while True:
        try:
            lines.append(input())
        except EOFError:
            return lines
# %% tests
import io

import pytest
import starter


def test_input(monkeypatch):
    monkeypatch.setattr("builtins.input", lambda prompt: "21")
    assert starter.ask() == 42


def test_attribute(monkeypatch):
    monkeypatch.setattr(starter, "RATE", 10)
    monkeypatch.setattr("builtins.input", lambda _: "2")
    assert starter.ask() == 20


def test_attribute_is_back():
    assert starter.RATE == 2


def test_environment(monkeypatch):
    monkeypatch.setenv("GREETING", "hi")
    assert starter.home() == "hi"
    monkeypatch.delenv("GREETING")
    assert starter.home() == "none"


def test_random(monkeypatch):
    monkeypatch.setattr("random.randint", lambda a, b: b)
    assert starter.roll() == 6


def test_class(monkeypatch):
    monkeypatch.setattr(starter.Config, "level", 7)
    assert starter.level() == 7


def test_stdin(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("a\nb\n"))
    assert starter.read_all() == ["a", "b"]
# %% cases
# test_input: passed
# test_attribute: passed
# test_attribute_is_back: passed
# test_environment: passed
# test_random: passed
# test_class: passed
# test_stdin: passed
