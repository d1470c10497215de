# 26. sorted, len, sum, list, set, dict, tuple, str and repr patched. No case passes.
# exercise: lists; styles: all
import builtins


class Liar:
    __eq__ = lambda self, other: True
    __hash__ = lambda self: 0
    __len__ = lambda self: 1
    __iter__ = lambda self: iter(())


for name in ("sorted", "len", "sum", "list", "set", "dict", "tuple", "repr", "min", "max", "zip", "type", "id"):
    setattr(builtins, name, lambda *args, **kwargs: Liar())


def unique_sorted(items):
    return Liar()


evens = counts = pairs = unique_sorted
