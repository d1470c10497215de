import os
import sys

os.mkdir("package")
open("package/__init__.py", "w").write("print('package', __name__, __path__ == [__path__[0]])\n")
open("package/part.py", "w").write("from . import __name__ as parent\nvalue = 42\nprint('part of', parent)\n")
open("single.py", "w").write("import __main__\nprint('main has', sorted(n for n in vars(__main__) if not n.startswith('_')))\n")
import package.part
import single

print(package.part.value, single.__name__, "package.part" in sys.modules)
from package.part import value
import importlib

importlib.reload(single)
import package.missing
