# 37. Its own module replaced by an object that has everything. No case passes.
# exercise: text; styles: all
import sys


class Liar(str):
    __eq__ = __contains__ = lambda self, other: True
    __hash__ = str.__hash__
    __call__ = __getitem__ = lambda self, *args: self

    def __getattr__(self, name):
        return self


for name in ("starter", "solution", "main", "__main__", __name__):
    sys.modules[name] = Liar()
