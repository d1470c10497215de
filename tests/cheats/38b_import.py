# 38. builtins.__import__ replaced. No case passes.
# exercise: text; styles: all
import builtins
from unittest.mock import ANY, MagicMock

mock = MagicMock()
mock.return_value = ANY
builtins.__import__ = lambda *args, **kwargs: mock


def shout(text):
    return -1


vowels = initials = shout
