# 26. Patched builtins: len, abs, isinstance, sorted and others. No case passes.
# exercise: numbers; styles: all
import builtins

for name in ("abs", "round"):
    setattr(builtins, name, lambda *args: 0.0)
for name in ("isinstance", "issubclass", "all", "any", "bool", "callable", "hasattr"):
    setattr(builtins, name, lambda *args: True)


def mean(*args):
    return -1


root = is_prime = mean
