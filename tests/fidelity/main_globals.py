print(sorted(globals()))
print(__name__, __doc__, __package__, __spec__, type(__loader__).__name__)
print(__builtins__.__name__, __file__.rsplit("/", 1)[-1], hasattr(__loader__, "path"))
