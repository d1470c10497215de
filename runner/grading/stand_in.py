"""What the tests hold in place of the learner's objects, functions and classes.

A stand-in has no state but a number: whatever is done with it is asked of the program's side. It never decides for the
learner's code that a comparison with a value of the tests holds: an object of a class of the learner's equals no plain
value, whatever its `__eq__` says, unless it is a subclass of the plain type, and then it is its plain value that counts.
"""

import dataclasses
import inspect
import types

from .members import ASKED, CONSTRUCTORS, EXCEPTION, TELLING
from .members import ClassMember, Method, believed, member, signature
from .operations import ARITHMETIC, IN_PLACE, ORDER, SPECIAL
from .wire import PLAIN, TYPES

_SLOTS = ("_si_number", "_si_generation", "_si_plain", "__weakref__")
_ABSENT = object()


class StandIn:
    """An object of a class of the learner's. The classes made from it know their bridge."""

    __slots__ = _SLOTS
    _si_bridge = None
    _si_known = False

    def __getattr__(self, name):
        if name in ASKED:
            return lambda *args: believed(self, name, args)
        if name in TELLING and not self._si_known:
            raise AttributeError("'%s' object has no attribute '%s'" % (type(self).__name__, name))
        if name in TELLING and hasattr(type(self), "_si_plain_type"):
            return getattr(self._si_bridge.ask("plain", self), name)
        return self._si_bridge.ask("get", self, name)

    def __setattr__(self, name, value):
        self._si_bridge.replaced.add(name)
        self._si_bridge.ask("set", self, name, value)

    def __delattr__(self, name):
        self._si_bridge.ask("del", self, name)

    def __dir__(self):
        return self._si_bridge.ask("dir", self)

    def __repr__(self):
        return self._si_bridge.ask("repr", self)

    def __str__(self):
        return self._si_bridge.ask("str", self)

    def __format__(self, spec):
        return self._si_bridge.ask("format", self, spec)

    def __copy__(self):
        return self._si_bridge.ask("copy", self)

    def __deepcopy__(self, memo):
        return self._si_bridge.ask("deepcopy", self)

    def __reduce_ex__(self, protocol):
        raise TypeError("an object of the learner's program cannot be pickled by the tests")

    def __eq__(self, other):
        if other is self:
            return True
        if isinstance(other, StandIn) and "__eq__" in type(self)._si_special:
            return self._si_bridge.equal(self, other)
        if isinstance(other, _KINDS):
            return self._si_bridge.ask("eq", self, other)
        return _compare(self, other, "__eq__")

    def __ne__(self, other):
        if other is self:
            return False
        if isinstance(other, _KINDS):
            return self._si_bridge.ask("ne", self, other)
        equal = _compare(self, other, "__eq__")
        return equal if equal is NotImplemented else not equal

    def __hash__(self):
        base = getattr(type(self), "_si_plain_type", None)
        if base is not None and base.__hash__ is not None and "__hash__" not in type(self)._si_special:
            return hash(self._si_plain)
        if "__hash__" in type(self)._si_special:
            return self._si_bridge.ask("hash", self)
        if "__eq__" in type(self)._si_special or "unhashable" in type(self)._si_special:
            raise TypeError("unhashable type: '%s'" % type(self).__name__)
        return object.__hash__(self)

    def __bool__(self):
        if "__bool__" in type(self)._si_special or "__len__" in type(self)._si_special:
            return self._si_bridge.ask("bool", self)
        return True

    def __del__(self):
        try:
            self._si_bridge.forget(self._si_number, self._si_generation)
        except AttributeError:
            pass


def _compare(stand_in, other, name):
    """A comparison with a value of the tests: of the plain value beneath, or not at all."""
    base = getattr(type(stand_in), "_si_plain_type", None)
    if base is None or type(other) not in PLAIN:
        return NotImplemented
    # A tuple cannot change; a list can have, since it came.
    present = stand_in._si_plain if base.__hash__ is not None else stand_in._si_bridge.ask("plain", stand_in)
    if type(present) is not base:
        return NotImplemented
    return getattr(base, name)(present, other)


def _forward(operation):
    def method(self, *args):
        return self._si_bridge.ask(operation, self, *args)

    return method


def _ordered(name, operation):
    def method(self, other):
        if isinstance(other, StandIn):
            return self._si_bridge.ask(operation, self, other)
        return _compare(self, other, name)

    return method


# Of these, no answer is right whatever the expected value is; a difference of 0 and a ratio of 1 are.
_UNGUESSED = frozenset(("__pow__", "__rpow__"))


def _arithmetic(name, operation, is_reflected):
    def method(self, other):
        pair = (other, self) if is_reflected else (self, other)
        if isinstance(other, StandIn):
            return self._si_bridge.ask(operation, *pair)
        plain_type = getattr(type(self), "_si_plain_type", None)
        if not (self._si_known or plain_type):
            # A class that the tests do not know, where they may expect a plain value.
            return NotImplemented
        answer = self._si_bridge.ask(operation, *pair)
        if type(answer) not in PLAIN or answer is NotImplemented or name in _UNGUESSED:
            return answer
        # A plain value made of one of the tests' values: it counts only as the plain type beneath has it.
        return _compare(self, other, name) if plain_type else NotImplemented

    return method


def _in_place(operation):
    def method(self, other):
        return self._si_bridge.ask(operation, self, other)

    return method


def _contains(self, item):
    plain_type = getattr(type(self), "_si_plain_type", None)
    if plain_type is not None and hasattr(plain_type, "__contains__"):
        return item in self._si_bridge.ask("plain", self)
    if isinstance(item, StandIn):
        return self._si_bridge.ask("contains", self, item)
    if "__iter__" in type(self)._si_special:
        # Both the class's own answer and its items, compared here.
        if self._si_known and self._si_bridge.ask("contains", self, item) is not True:
            return False
        return any(each is item or each == item for each in iter(self))
    if not self._si_known:
        raise TypeError("argument of type '%s' is not iterable" % type(self).__name__)
    return self._si_bridge.holds(lambda value: self._si_bridge.ask("contains", self, value), item)


def _call(self, *args, **kwargs):
    return self._si_bridge.ask("call", self, *args, **kwargs)


def _wait(self):
    return self._si_bridge.ask("run", self)
    yield


_METHODS = {name: _forward(operation) for name, operation in SPECIAL.items()}
_METHODS.update({name: _ordered(name, operation) for name, operation in ORDER.items()})
_METHODS.update({name: _arithmetic(name, *how) for name, how in ARITHMETIC.items()})
_METHODS.update({name: _in_place(operation) for name, operation in IN_PLACE.items()})
_METHODS.update({"__call__": _call, "__contains__": _contains, "__await__": _wait})
# A traceback belongs to this process.
_METHODS["__exit__"] = lambda self, kind, error, trace: self._si_bridge.ask("exit", self, kind, error, None)
_METHODS["__anext__"] = lambda self: _soon(self._si_bridge, self._si_bridge.ask("anext", self))
_METHODS["__aenter__"] = lambda self: _soon(self._si_bridge, self._si_bridge.ask("aenter", self))
_METHODS["__aexit__"] = lambda self, *exc: _soon(self._si_bridge, self._si_bridge.ask("aexit", self, *exc[:2], None))


async def _soon(bridge, value):
    """Waits for what an asynchronous special method has answered."""
    if inspect.isawaitable(value):
        return await value
    return value


class StandInType(type):
    """A class of the learner's. It is a real class here, so that `isinstance`, `except` and subclassing work."""

    def __new__(meta, name, bases, names, *, made=False, **kwargs):
        kind = super().__new__(meta, name, bases, names)
        if not made:
            kind._si_bridge.define_subclass(kind, name, bases, names, kwargs)
        return kind

    def __init__(kind, name, bases, names, **kwargs):
        super().__init__(name, bases, names)

    def __call__(kind, *args, **kwargs):
        made = kind._si_bridge.ask("call", kind, *args, **kwargs)
        if args and not kwargs and isinstance(made, StandIn):
            kind._si_bridge.made[made._si_number] = (kind, list(args))
        return made

    def __getattr__(kind, name):
        if name in ("__isabstractmethod__", "__wrapped__", "__text_signature__", "__dataclass_fields__"):
            raise AttributeError(name)
        return kind._si_bridge.ask("get", kind, name)

    def __setattr__(kind, name, value):
        if name in _OWN:
            return type.__setattr__(kind, name, value)
        kind._si_bridge.replaced.add(name)
        if isinstance(value, (Method, ClassMember, property)) and kind.__dict__.get(name) is value:
            # A patch that ends puts back what it found here.
            kind._si_bridge.ask("put_back", kind, name)
        else:
            kind._si_bridge.ask("put", kind, name, value)

    def __delattr__(kind, name):
        kind._si_bridge.ask("del", kind, name)

    def __dir__(kind):
        return kind._si_bridge.ask("dir", kind)

    def __iter__(kind):
        return iter(kind._si_bridge.ask("iter", kind))

    def __len__(kind):
        return kind._si_bridge.ask("len", kind)

    def __getitem__(kind, key):
        return kind._si_bridge.ask("getitem", kind, key)

    def __contains__(kind, item):
        return any(each is item or each == item for each in iter(kind))

    def __bool__(kind):
        return True

    def __instancecheck__(kind, value):
        if type.__instancecheck__(kind, value):
            return True
        if isinstance(type(value), StandInType) and kind.__dict__.get("_si_virtual"):
            return kind._si_bridge.ask("isinstance", value, kind) is True
        return False

    def __subclasscheck__(kind, other):
        if type.__subclasscheck__(kind, other):
            return True
        if isinstance(other, StandInType) and kind.__dict__.get("_si_virtual"):
            return kind._si_bridge.ask("issubclass", other, kind) is True
        return False

    @property
    def __signature__(kind):
        return signature(kind._si_bridge, kind)


_OWN = frozenset("_si_class _si_era _si_bridge _si_special _si_known _si_plain_type _si_virtual __abstractmethods__ __doc__".split())


class Function:
    """A function or method of the learner's."""

    def __init__(self, bridge, number, told):
        self.__dict__.update(_si_bridge=bridge, _si_number=number, _si_generation=bridge.generation)
        self.__dict__.update(__name__=told.get("name"), __qualname__=told.get("qualname"), __doc__=told.get("doc"))
        self.__dict__["__module__"] = told.get("module")

    def __call__(self, *args, **kwargs):
        return self._si_bridge.ask("call", self, *args, **kwargs)

    def __get__(self, value, owner=None):
        return self if value is None else types.MethodType(self, value)

    def __getattr__(self, name):
        if name in ("__wrapped__", "__isabstractmethod__", "__text_signature__"):
            raise AttributeError(name)
        return self._si_bridge.ask("get", self, name)

    def __setattr__(self, name, value):
        self._si_bridge.ask("set", self, name, value)

    def __eq__(self, other):
        if other is self:
            return True
        return self._si_bridge.ask("eq", self, other) if isinstance(other, _KINDS) else NotImplemented

    def __hash__(self):
        return object.__hash__(self)

    def __repr__(self):
        return "<function %s>" % self.__qualname__

    @property
    def __signature__(self):
        return signature(self._si_bridge, self)

    @property
    def __class__(self):
        return types.FunctionType


# Types that `inspect` and others ask for by `isinstance`.
_LIKE = {"generator": types.GeneratorType, "async_generator": types.AsyncGeneratorType}
_KINDS = (StandIn, StandInType, Function)


def is_stand_in(value):
    """Whether a value stands for something of the learner's."""
    return issubclass(type(value), _KINDS) or isinstance(type(value), StandInType)


def make_class(bridge, number, told, bases):
    """The class here for a class there."""
    names = {
        "__module__": told.get("module") or "starter",
        "__qualname__": told.get("qualname") or told["name"],
        "__doc__": told.get("doc"),
        "_si_bridge": bridge,
        "_si_class": number,
        "_si_special": frozenset(told["special"]),
        "_si_era": bridge.generation,
    }
    if "dataclass" in told:
        names["__dataclass_fields__"] = {name: _field(name) for name in told["dataclass"]}
    if "base" in told:
        names["_si_plain_type"] = plain = TYPES[told["base"]]
        if plain is not bool:
            # So that `isinstance(value, str)` holds.
            mirror = type(told["name"], (plain,), {"__module__": names["__module__"]})
            names["__class__"] = property(lambda self: mirror)
    elif told.get("module") == "builtins" and told["name"] in _LIKE:
        names["__class__"] = property(lambda self: _LIKE[told["name"]])
    is_exception = any(issubclass(base, BaseException) for base in bases)
    for name in told["special"]:
        if name in _METHODS and not is_exception:
            names[name] = _METHODS[name]
    for name, kind in told.get("members", {}).items():
        # Of special methods only those above, and what super() is used for: `__getattr__` or `__class__` of the
        # learner's would decide what this object is.
        if kind in ("m", "p", "c", "s") and (name in CONSTRUCTORS or not name.startswith("_si_") and name[:2] != "__"):
            names.update([member(bridge, name, kind)])
    if is_exception:
        names.update(EXCEPTION)
    else:
        names["__slots__"] = ()
        if not any(issubclass(base, StandIn) for base in bases):
            bases = (*bases, StandIn)
    # Until the module names it, and the tests do: see `take_names`. One that is built on a known one is known.
    names["_si_known"] = any(getattr(base, "_si_known", False) for base in bases)
    names["_si_virtual"] = bool(told.get("virtual"))
    kind = StandInType(told["name"], bases, names, made=True)
    if "abstract" in told:
        type.__setattr__(kind, "__abstractmethods__", frozenset(told["abstract"]))
    return kind


def _field(name):
    field = dataclasses.field()
    field.name = name
    field._field_type = dataclasses._FIELD
    return field


def make(bridge, kind, number, base=_ABSENT):
    """The object here for an object there."""
    stand_in = object.__new__(kind)
    object.__setattr__(stand_in, "_si_number", number)
    object.__setattr__(stand_in, "_si_generation", bridge.generation)
    if base is not _ABSENT:
        object.__setattr__(stand_in, "_si_plain", base)
    return stand_in


async def coroutine(bridge, number, generation):
    """A coroutine of the learner's: it runs to its end on the other side when it is awaited."""
    handle = make(bridge, bridge.plain_kind, number)
    return bridge.ask("run", handle)
