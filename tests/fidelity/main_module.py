import sys

module = sys.modules["__main__"]
print(module.__name__, module.__dict__ is globals(), repr(module).replace(__file__, "PATH"))
print(module.__file__ == __file__, __file__.startswith("/"), getattr(module, "__cached__", "none"))
print(sys.argv, len(sys.argv))
