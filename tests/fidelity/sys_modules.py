import sys

watched = [
    "json", "re", "random", "math", "collections", "datetime", "unittest", "asyncio", "threading", "socket", "subprocess",
    "logging", "decimal", "typing", "dataclasses", "enum", "functools", "inspect", "pickle", "tempfile", "xml", "xml.etree",
    "concurrent", "concurrent.futures", "multiprocessing", "ast", "linecache", "traceback", "contextlib", "operator", "string",
    "ctypes", "signal", "select", "os", "sys", "io", "site", "abc", "codecs", "builtins", "_thread", "time", "posix", "types",
    "importlib", "importlib.util", "warnings", "weakref", "heapq", "keyword", "reprlib", "zipimport", "encodings.utf_8", "main",
]
print([name for name in watched if name in sys.modules])
print([name for name in ("starter", "solution", "runner", "pytest", "sitecustomize", "usercustomize") if name in sys.modules])
