"""Objects of the tests that the learner's code was given, and what it may do with them.

Functions and classes can be called. Of other objects the public attributes and the special methods can be used; nothing
that starts with an underscore, nothing that leads to frames, code or modules, and nothing that would change what a mock
has recorded or how a test case checks.
"""

import inspect
import io
import operator
import types

from . import operations, wire

_FUNCTIONS = (types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.MethodWrapperType)
_REFUSED = frozenset(
    "gi_frame gi_code gi_yieldfrom cr_frame cr_code cr_await cr_origin ag_frame ag_code f_back f_globals f_locals f_builtins"
    " f_code tb_frame tb_next func_globals func_code mro with_traceback reset_mock configure_mock attach_mock"
    " mock_add_spec".split()
)
# What a mock has recorded, and what it was told to answer: by reference, it could be changed.
_RECORDS = ("assert_", "mock_", "call", "method_calls", "side_effect", "await", "return_value")
_HIDDEN = (types.ModuleType, types.FrameType, types.CodeType, types.TracebackType, type)
_ITERATORS = (types.GeneratorType, types.CoroutineType, types.AsyncGeneratorType)
_SPECIAL = frozenset(
    "__%s__" % name
    for name in "len iter next getitem setitem delitem contains eq ne lt le gt ge add sub mul truediv floordiv mod pow"
    " neg abs call enter exit str repr hash bool int float index reversed".split()
)
_OPERATIONS = {
    "len": len,
    "iter": iter,
    "next": next,
    "eq": operator.eq,
    "ne": operator.ne,
    "contains": operator.contains,
    "call": lambda value, *args, **kwargs: value(*args, **kwargs),
    "add": operator.add,
    "sub": operator.sub,
}
for _name in "getitem setitem delitem lt le gt ge mul truediv floordiv mod pow neg abs enter exit str repr".split():
    _OPERATIONS[_name] = operations.OPERATIONS[_name]
for _name in "hash bool int float index reversed".split():
    _OPERATIONS[_name] = operations.OPERATIONS[_name]


class Refused(AttributeError):
    """The tests do not let the learner's code do this."""


def _is_mock(value):
    return any(kind.__module__ == "unittest.mock" for kind in type(value).__mro__)


def _is_of_tests(value):
    return type(value).__module__ in ("tests", "__main__")


def _is_open(value):
    """Whether the learner's code may use an object's attributes: nothing of pytest's, unittest's or doctest's own, nor of
    ours, but for mocks, streams and what the tests define."""
    kind = type(value)
    module = kind.__module__
    if _is_mock(value) or _is_of_tests(value) or isinstance(value, io.IOBase):
        return True
    return module.partition(".")[0] not in ("_pytest", "pytest", "pluggy", "runner", "unittest", "doctest", "_io")


def _is_test_case(value):
    return any(kind.__name__ == "TestCase" and kind.__module__.startswith("unittest") for kind in type(value).__mro__)


class Callbacks:
    """The objects that were handed out, by number."""

    def __init__(self):
        self.given = []
        self.numbers = {}

    def number(self, value):
        entry = self.numbers.get(id(value))
        if entry is None:
            # Kept alive: the other side may ask for it at any time.
            self.given.append(value)
            entry = self.numbers[id(value)] = len(self.given) - 1
        return entry

    def refer(self, value):
        """The reference that travels: ["H", number, kind, name, special methods]."""
        number = self.number(value)
        name = getattr(value, "__name__", None)
        if isinstance(value, type):
            if issubclass(value, BaseException):
                bases = [wire.NAMES[base] for base in value.__mro__ if base in wire.NAMES and base is not object]
                return ["H", number, "exception", value.__name__, bases[:1]]
            return ["H", number, "class", value.__name__, []]
        if isinstance(value, _FUNCTIONS):
            doc = getattr(value, "__doc__", None)
            return ["H", number, "function", name if type(name) is str else "function", [doc] if type(doc) is str else []]
        kind = type(value)
        special = [name for name in sorted(_SPECIAL) if self.has(kind, name)]
        return ["H", number, "object", kind.__name__, special]

    @staticmethod
    def has(kind, name):
        found = inspect.getattr_static(kind, name, None)
        return found is not None and found is not inspect.getattr_static(object, name, None)

    def get(self, number):
        if type(number) is not int or not 0 <= number < len(self.given):
            raise wire.Broken("not a number of an object")
        return self.given[number]

    def do(self, number, name, args, kwargs):
        """What the learner's code asks for."""
        value = self.get(number)
        if name == "call":
            return value(*args, **kwargs)
        if isinstance(value, (*_FUNCTIONS, *_HIDDEN)) or _is_test_case(value) or not _is_open(value):
            raise Refused("this object of the tests can only be called")
        if name == "get":
            (attribute,) = args
            self.check(value, attribute)
            found = getattr(value, attribute)
            if isinstance(found, _HIDDEN):
                raise Refused("'%s' is not for the program" % attribute)
            return found
        if name == "set":
            attribute, new = args
            self.check(value, attribute)
            if _is_mock(value) or not _is_of_tests(value):
                raise Refused("'%s' cannot be set by the program" % attribute)
            return setattr(value, attribute, new)
        if name not in _OPERATIONS:
            raise Refused("'%s' is not possible" % name)
        return _OPERATIONS[name](value, *args, **kwargs)

    @staticmethod
    def check(value, attribute):
        is_mock = _is_mock(value)
        if (
            type(attribute) is not str
            or attribute.startswith("_")
            or attribute in _REFUSED
            or is_mock and attribute.startswith(_RECORDS)
            or isinstance(value, _ITERATORS) and attribute not in ("send", "throw", "close")
        ):
            raise Refused("'%s' is not for the program" % attribute)
        if isinstance(value, io.IOBase) and attribute in ("buffer", "raw", "detach"):
            raise Refused("'%s' is not for the program" % attribute)


