"""Objects of the tests, as the learner's code sees them: functions to call back, and instances with methods.

The tests' side decides what may be done with them (`callbacks.py`); here they only look right.
"""

from . import wire

_FORWARDED = (
    "len iter next getitem setitem delitem contains eq ne lt le gt ge add sub mul truediv floordiv mod pow neg abs"
    " call enter exit str repr hash bool int float index reversed"
).split()
_OWN = ("_foreign", "_side")


class Foreign:
    """An instance that stayed with the tests."""

    __slots__ = ("_foreign", "_side", "__weakref__")

    def __init__(self, number, side):
        object.__setattr__(self, "_foreign", number)
        object.__setattr__(self, "_side", side)

    def __getattr__(self, name):
        return self._side.call_back(self._foreign, "get", (name,))

    def __setattr__(self, name, value):
        self._side.call_back(self._foreign, "set", (name, value))

    def __repr__(self):
        return self._side.call_back(self._foreign, "repr", ())

    def __str__(self):
        return self._side.call_back(self._foreign, "str", ())


def _forward(operation):
    def method(self, *args, **kwargs):
        return self._side.call_back(self._foreign, operation, args, kwargs)

    method.__name__ = "__%s__" % operation
    return method


_METHODS = {"__%s__" % name: _forward(name) for name in _FORWARDED}


class Foreigners:
    """Makes them, each once."""

    def __init__(self, side):
        self.side = side
        self.objects = {}
        self.classes = {}
        self.numbers = {}

    def number_of(self, value):
        """The tests' number of what came from them; None for anything else."""
        entry = self.numbers.get(id(value))
        return entry[1] if entry is not None and entry[0] is value else None

    def get(self, number):
        return self.objects[number]

    def make(self, number, kind, name, special):
        """The object with that number: `kind` is `function`, `class`, `exception` or `object`."""
        made = self.objects.get(number)
        if made is None:
            if type(number) is not int or type(name) is not str:
                raise wire.Broken("not a reference")
            made = getattr(self, "make_" + kind)(number, name, special)
            self.objects[number] = made
            self.numbers[id(made)] = (made, number)
        return made

    def make_function(self, number, name, special):
        side = self.side

        def function(*args, **kwargs):
            return side.call_back(number, "call", args, kwargs)

        function.__name__ = function.__qualname__ = name
        function.__doc__ = special[0] if special else None
        return function

    def make_object(self, number, name, special):
        key = (name, *special)
        kind = self.classes.get(key)
        if kind is None:
            names = {method: _METHODS[method] for method in special if method in _METHODS}
            names["__slots__"] = ()
            if "__eq__" in names and "__hash__" not in names:
                names["__hash__"] = None
            kind = self.classes[key] = type(name, (Foreign,), names)
        return kind(number, self.side)

    def make_class(self, number, name, special):
        return self.make_function(number, name, special)

    def make_exception(self, number, name, special):
        bases = tuple(wire.TYPES[base] for base in special) or (Exception,)
        return type(name, bases, {"__module__": "tests"})
