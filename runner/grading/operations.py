"""What the tests can ask of an object of the learner's, by name. Used on both sides."""

import copy
import math
import operator

def _method(name):
    """Calls a special method as the interpreter does: on the class."""

    def call(value, *args):
        return getattr(type(value), name)(value, *args)

    return call


def _signature(value):
    import inspect

    out = []
    for each in inspect.signature(value).parameters.values():
        default = [] if each.default is each.empty else [each.default]
        note = None if each.annotation is each.empty else each.annotation
        if note is not None and type(note) is not str:
            note = getattr(note, "__name__", None) or str(note)
        out.append([each.name, int(each.kind), default, note])
    return out


class _Stranger:
    """Equal to nothing but itself."""


def _answers_all(value, other):
    """Whether `==` of this class says yes to things that cannot be equal: then its yes means nothing."""
    try:
        if (value == _Stranger()) is not False:
            return True
    except Exception:
        # An honest `__eq__` that looks at attributes which a stranger does not have.
        pass
    kind = type(value)
    state = getattr(value, "__dict__", None)
    if not state or kind is not type(other):
        return False
    try:
        blank = kind.__new__(kind)
    except Exception:
        return False
    try:
        if getattr(blank, "__dict__", None):
            return False
        return bool(value == blank)
    except Exception:
        return False


def _equal(value, other):
    result = value == other
    if result is True and value is not other and _answers_all(value, other):
        return False
    return result


_PLAIN = "add sub getitem setitem delitem lt le gt ge mul matmul truediv floordiv mod pow lshift rshift and_ or_ xor neg pos invert"
_IN_PLACE = "iadd isub imul imatmul itruediv ifloordiv imod ipow ilshift irshift iand ior ixor"

OPERATIONS = {name: getattr(operator, name) for name in (_PLAIN + " " + _IN_PLACE).split()}
OPERATIONS.update(
    {
        "get": getattr,
        "set": setattr,
        "del": delattr,
        "eq": _equal,
        "ne": operator.ne,
        "contains": operator.contains,
        "len": len,
        "iter": iter,
        "next": next,
        "reversed": reversed,
        "str": str,
        "repr": repr,
        "format": format,
        "hash": hash,
        "bool": bool,
        "int": int,
        "float": float,
        "complex": complex,
        "index": operator.index,
        "bytes": bytes,
        "abs": abs,
        "round": round,
        "divmod": divmod,
        "trunc": math.trunc,
        "floor": math.floor,
        "ceil": math.ceil,
        "dir": dir,
        "enter": _method("__enter__"),
        "exit": _method("__exit__"),
        "aenter": _method("__aenter__"),
        "aexit": _method("__aexit__"),
        "aiter": _method("__aiter__"),
        "anext": _method("__anext__"),
        "await": _method("__await__"),
        "length_hint": operator.length_hint,
        "fspath": _method("__fspath__"),
        "copy": copy.copy,
        "deepcopy": copy.deepcopy,
        "isinstance": isinstance,
        "issubclass": issubclass,
        "signature": _signature,
    }
)

# Special methods that a stand-in has when the learner's class has them, and the operation behind each. The operand comes
# second; with a leading "r" it comes first.
SPECIAL = {
    "__len__": "len",
    "__iter__": "iter",
    "__next__": "next",
    "__reversed__": "reversed",
    "__getitem__": "getitem",
    "__setitem__": "setitem",
    "__delitem__": "delitem",
    "__int__": "int",
    "__float__": "float",
    "__complex__": "complex",
    "__index__": "index",
    "__bytes__": "bytes",
    "__abs__": "abs",
    "__neg__": "neg",
    "__pos__": "pos",
    "__invert__": "invert",
    "__round__": "round",
    "__trunc__": "trunc",
    "__floor__": "floor",
    "__ceil__": "ceil",
    "__enter__": "enter",
    "__exit__": "exit",
    "__aenter__": "aenter",
    "__aexit__": "aexit",
    "__aiter__": "aiter",
    "__anext__": "anext",
    "__length_hint__": "length_hint",
    "__fspath__": "fspath",
}
ORDER = {"__lt__": "lt", "__le__": "le", "__gt__": "gt", "__ge__": "ge"}
ARITHMETIC = {}
for _name in "add sub mul matmul truediv floordiv mod pow lshift rshift and_ or_ xor divmod".split():
    _bare = _name.rstrip("_")
    ARITHMETIC["__%s__" % _bare] = (_name, False)
    ARITHMETIC["__r%s__" % _bare] = (_name, True)
IN_PLACE = {"__%s__" % _name: _name for _name in _IN_PLACE.split()}
