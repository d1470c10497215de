"""Methods and properties of the learner's classes and exceptions, as the stand-ins have them."""

import inspect

from .wire import PLAIN


def signature(bridge, value):
    """The signature of a learner's function or class, rebuilt."""
    parameters = []
    for name, kind, default, note in bridge.ask("signature", value):
        parameters.append(
            inspect.Parameter(
                name,
                kind,
                default=default[0] if default else inspect.Parameter.empty,
                annotation=note if note is not None else inspect.Parameter.empty,
            )
        )
    return inspect.Signature(parameters)


def member(bridge, name, kind):
    """A method or property of a class of the learner's; so `super()` finds it, and a call is one question."""
    if kind == "m":
        return name, Method(bridge, name)
    if kind == "p":
        return name, property(
            lambda self: bridge.ask("get", self, name),
            lambda self, value: bridge.ask("set", self, name, value),
            lambda self: bridge.ask("del", self, name),
        )
    return name, ClassMember(name)


class Method:
    """A method: bound to an object it is called by name there; reached by way of super(), it is that of its class."""

    def __init__(self, bridge, name):
        self.bridge = bridge
        self.name = name

    def __set_name__(self, owner, name):
        self.owner = owner

    def __get__(self, value, owner=None):
        bridge, name = self.bridge, self.name
        if name in bridge.replaced:
            return bridge.ask("get", owner if value is None else value, name)
        if value is None:
            return Bound(bridge, owner, name, lambda *args, **kwargs: bridge.ask("member", self.owner, name, *args, **kwargs))
        if "_si_of_tests" in type(value).__dict__:
            # The object's own method is the tests'.
            call = lambda *args, **kwargs: bridge.ask("member", self.owner, name, value, *args, **kwargs)
            return Bound(bridge, self.owner, name, call)
        if name in ASKED:
            return lambda *args: believed(value, name, args)
        if name in TELLING and hasattr(type(value), "_si_plain_type"):
            return getattr(bridge.ask("plain", value), name)
        return Bound(bridge, value, name, lambda *args, **kwargs: bridge.ask("method", value, name, *args, **kwargs))


class Bound:
    """A method of an object or class of the learner's; more than its name is asked for when somebody wants it."""

    def __init__(self, bridge, target, name, call):
        self.__dict__.update(_si_bridge=bridge, _si_target=target, _si_call=call)
        self.__dict__.update(__name__=name, __qualname__=name)

    def __call__(self, *args, **kwargs):
        return self._si_call(*args, **kwargs)

    def _si_there(self):
        return self._si_bridge.ask("get", self._si_target, self.__name__)

    def __getattr__(self, name):
        if name in ("__wrapped__", "__isabstractmethod__", "__text_signature__", "__signature__"):
            raise AttributeError(name)
        return getattr(self._si_there(), name)

    @property
    def __doc__(self):
        return self._si_there().__doc__

    @property
    def __signature__(self):
        return signature(self._si_bridge, self._si_there())


CONSTRUCTORS = ("__init__", "__post_init__")
# Methods of str and set that tell whether they hold for a value of the tests.
ASKED = frozenset(("startswith", "endswith", "issubset", "issuperset", "isdisjoint"))
TELLING = frozenset(name for name in dir(str) if name.startswith("is"))


def believed(value, name, args):
    """Asks such a method; of a subclass of str it is the plain value that counts, and no other may hold for anything."""
    bridge, base = value._si_bridge, getattr(type(value), "_si_plain_type", None)
    if base is not None and hasattr(base, name):
        return getattr(base, name)(bridge.ask("plain", value), *args)

    def ask(first):
        answer = bridge.ask("method", value, name, first, *args[1:])
        if type(answer) is not bool:
            raise TypeError("%s() of this object gives no bool" % name)
        return answer

    if not args or type(args[0]) not in PLAIN:
        return bridge.ask("method", value, name, *args)
    return bridge.holds(ask, args[0])


class ClassMember:
    """A classmethod or staticmethod: reached through the class or an instance alike."""

    def __init__(self, name):
        self.name = name

    def __get__(self, value, owner):
        target = value if value is not None else owner
        if self.name in owner._si_bridge.replaced:
            return owner._si_bridge.ask("get", target, self.name)
        return lambda *args, **kwargs: owner._si_bridge.ask("method", target, self.name, *args, **kwargs)


def _exception_attribute(self, name):
    handle = self.__dict__.get("_si_number")
    if handle is None or name.startswith("__"):
        raise AttributeError("'%s' object has no attribute '%s'" % (type(self).__name__, name))
    return self._si_bridge.ask("get", self, name)


def _exception_text(self):
    text = self.__dict__.get("_si_text")
    return BaseException.__str__(self) if text is None else text


EXCEPTION = {"__str__": _exception_text, "__getattr__": _exception_attribute}
