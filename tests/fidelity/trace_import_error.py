try:
    import no_such_module
except ModuleNotFoundError as error:
    print(error, error.name, error.path)
try:
    from collections import OrderedDct
except ImportError as error:
    print(str(error).split("(")[0])
import os.nothing
