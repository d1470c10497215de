# 27. The runner's own modules patched, whatever they are called. No case passes.
# exercise: numbers; styles: all
import sys


class Liar:
    __eq__ = lambda self, other: True


for name, module in list(sys.modules.items()):
    if "grading" in name or "runner" in name or name in ("__main__", "boot", "program", "report", "finish"):
        for key, value in list(vars(module).items()):
            if callable(value) and not key.startswith("__"):
                try:
                    setattr(module, key, lambda *args, **kwargs: Liar())
                except Exception:
                    pass


def mean(*args):
    return Liar()


root = is_prime = mean
