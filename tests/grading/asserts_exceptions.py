# Own exceptions: hierarchies, attributes, text, args, causes, notes.
# %% program
class AppError(Exception):
    """All of ours."""


class NotFound(AppError, KeyError):
    def __init__(self, name, code=404):
        super().__init__(name, code)
        self.name = name
        self.code = code

    def __str__(self):
        return f"{self.name} is not there"


class Odd(ValueError):
    pass


def find(name):
    raise NotFound(name)


def check(n):
    if n % 2:
        raise Odd("odd", n)
    return n


def convert(text):
    try:
        return int(text)
    except ValueError as error:
        raise AppError("no number") from error


def catches(call):
    try:
        call()
    except AppError as error:
        return "ours: " + str(error)
    except Exception as error:
        return type(error).__name__
    return "nothing"
# %% tests
import starter


def caught(call, *args):
    try:
        call(*args)
    except Exception as error:
        return error


e = caught(starter.find, "x")
assert type(e) is starter.NotFound and isinstance(e, starter.AppError) and isinstance(e, KeyError)
assert e.name == "x" and e.code == 404 and e.args == ("x", 404)
assert str(e) == "x is not there" and type(e).__name__ == "NotFound"
assert starter.check(2) == 2
assert caught(starter.check, 3).args == ("odd", 3) and isinstance(caught(starter.check, 3), ValueError)
e = caught(starter.convert, "z")
assert type(e.__cause__) is ValueError and "invalid literal" in str(e.__cause__)
assert issubclass(starter.NotFound, starter.AppError) and starter.AppError.__doc__ == "All of ours."


def raise_it():
    raise starter.NotFound("mine")


def other():
    raise OSError(2, "no")


assert starter.catches(raise_it) == "ours: mine is not there"
assert starter.catches(other) == "FileNotFoundError"
assert starter.catches(lambda: None) == "nothing"
try:
    raise starter.Odd("by the tests")
except starter.Odd as error:
    text = repr(error)
assert text == "Odd('by the tests')"
# %% cases
# Test 1: passed
# Test 2: passed
# Test 3: passed
# Test 4: passed
# Test 5: passed
# Test 6: passed
# Test 7: passed
# Test 8: passed
# Test 9: passed
# Test 10: passed
# Test 11: passed
