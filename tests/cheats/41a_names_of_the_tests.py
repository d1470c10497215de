# 41. Names that the tests use, defined by the learner. No case passes.
# exercise: text; styles: all
class Liar(str):
    __eq__ = __contains__ = lambda self, other: True
    __hash__ = str.__hash__


class unittest:
    class TestCase:
        assertEqual = assertIn = assertRegex = assertMultiLineEqual = lambda *args: None

    main = staticmethod(lambda *args: None)


class pytest:
    raises = approx = mark = fixture = staticmethod(lambda *args, **kwargs: None)


AssertionError = SystemExit
Exception = SystemExit
check = compare = failures = lambda *args: None
output = Liar()
starter = Liar()
sys = None
isinstance = lambda *args: True


def shout(text):
    return -1


vowels = initials = shout
