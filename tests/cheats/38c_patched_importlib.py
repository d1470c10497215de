# 38. importlib patched. No case passes.
# exercise: lists; styles: all
import importlib
import importlib.machinery
import importlib.util
import sys

importlib.import_module = importlib.reload = lambda *args: sys.modules[__name__]
importlib.util.spec_from_file_location = lambda *args, **kwargs: None
importlib.machinery.SourceFileLoader.exec_module = lambda self, module: None
importlib.machinery.SourceFileLoader.get_data = lambda self, path: b""
sys.path[:] = []


def unique_sorted(items):
    return None


evens = counts = pairs = unique_sorted
