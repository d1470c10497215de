import starter
from starter import *


def test_shout():
    assert starter.shout("hey") == "HEY!"


def test_shout_starts():
    assert shout("ada").startswith("ADA")


def test_vowels():
    assert 3 == vowels("banana")


def test_initials():
    result = initials("Ada Lovelace")
    assert isinstance(result, str) and result == "AL"
