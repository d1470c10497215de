"""What a program sees of the modules imported ahead: nothing."""

import sys
import unittest

import harness

IMPORTS = """sys json math random re collections collections.abc functools datetime typing dataclasses enum decimal
fractions statistics copy pprint csv ast inspect logging argparse subprocess threading queue pathlib tempfile uuid
hashlib base64 array contextlib abc calendar difflib unittest unittest.mock asyncio concurrent concurrent.futures
concurrent.futures.thread doctest traceback importlib importlib.util importlib.machinery importlib.abc xml.etree
xml.dom.minidom turtledemo sqlite3 http.client multiprocessing zoneinfo string.templatelib pickle os.path
email.message shelve configparser encodings.idna""".split()

SAME = {
    "nothing": "import sys\nprint(sorted(sys.modules))",
    "submodule not imported": "import xml\nprint(hasattr(xml, 'etree'))\nxml.etree",
    "submodule of a preloaded package": "import concurrent\nprint(hasattr(concurrent, 'futures'))",
    "submodule of importlib": "import importlib\nprint(hasattr(importlib, 'util'), hasattr(importlib, 'abc'))",
    "after an import": "import concurrent.futures\nprint(concurrent.futures.__name__)",
    "from": "from concurrent import futures\nprint(futures.__name__)",
    "import_module": "import importlib\nprint(importlib.import_module('json').dumps([1]))",
    "dunder import": "print(__import__('js' + 'on').dumps([1]), __import__('os.path').path.sep)",
    "not there": "import nonsense",
    "not there, import_module": "import importlib\nimportlib.import_module('nonsense')",
    "not there, submodule": "import json.nonsense",
    "not a package": "import math.pi",
    "no such name": "from json import nonsense",
    "in a function": "def f():\n    import nonsense\nf()",
    "spec": "import json, random\nprint(json.__spec__, random.__spec__.loader.__class__, json.__loader__.path)",
    "find_spec": "import importlib.util as u\nprint(u.find_spec('random'), u.find_spec('nonsense'))",
    "reload": "import importlib, json\nprint(importlib.reload(json) is json)",
    "once more": "import sys, json\na = json\ndel sys.modules['json']\nimport json\nprint(a is json)",
    "blocked": "import sys\nsys.modules['random'] = None\ntry:\n    import random\nexcept ImportError as e:\n    print(e)\nimport tempfile",
    "replaced": "import sys, types\nsys.modules['random'] = types.ModuleType('random')\nimport tempfile",
    "shadowed at run time": "open('random.py', 'w').write('x = 5')\nimport random\nprint(random.x)",
    "shadowed package at run time": "import os\nos.mkdir('json')\nopen('json/__init__.py', 'w').write('x = 5')\nimport json\nprint(json.x)",
    "path changed": "import sys\nsys.path.insert(0, 'lib')\nimport os\nos.mkdir('lib')\nopen('lib/queue.py', 'w').write('x = 6')\nimport queue\nprint(queue.x)",
    "meta path": "import sys\nclass F:\n    @classmethod\n    def find_spec(cls, name, path, target=None):\n        print(name)\nsys.meta_path.insert(0, F)\nimport queue",
    "meta path itself": "import sys\nprint(sys.meta_path, sys.path_hooks)",
    "import hook": "import builtins\nreal = builtins.__import__\ndef hook(name, *rest):\n    print(name)\n    return real(name, *rest)\nbuiltins.__import__ = hook\nimport json",
    "handlers": "import atexit\nprint(atexit._ncallbacks())\nimport logging\nprint(atexit._ncallbacks())",
    "warnings": "import warnings\nprint(warnings.filters)",
    "order of sys.modules": "import sys\nimport statistics\nprint(list(sys.modules)[-1])",
    "strptime": "import datetime, sys\nprint(datetime.datetime.strptime('2020', '%Y'), '_strptime' in sys.modules)",
    "thread imports": "import threading\ndef f():\n    import statistics\n    print(statistics.mean([1, 3]))\nt = threading.Thread(target=f)\nt.start()\nt.join()",
    "threads import the same": "import threading\nsame = []\nstart = threading.Barrier(8)\ndef f():\n    start.wait()\n    import statistics\n    same.append(statistics)\nthreads = [threading.Thread(target=f) for _ in range(8)]\nfor t in threads: t.start()\nfor t in threads: t.join()\nimport sys\nprint(len(same), all(m is sys.modules['statistics'] for m in same))",
    "parent removed": "import sys\nbefore = sys.modules.pop('encodings')\nimport encodings.ascii\nprint(encodings is before, encodings.ascii is sys.modules['encodings.ascii'])",
    "attribute of the parent": "import concurrent\nprint(hasattr(concurrent, 'futures'))\nimport concurrent.futures.thread\nprint(concurrent.futures.thread.__name__)",
    "find_spec gives nothing": "import importlib.util as u, sys\nu.find_spec('queue')\nprint('queue' in sys.modules)",
    "codec": "print('a'.encode('utf-16'), 'a'.encode('cp1252'), '\\xe4'.encode('latin-1'))\nimport sys\nprint('encodings.utf_16' in sys.modules)",
    "identity": "import re, json, sys\nprint(type(re.compile('')) is re.Pattern, json.decoder.JSONDecodeError is json.JSONDecodeError)",
    "gc": "import gc\nprint(gc.isenabled(), gc.get_threshold())",
    "signals": "import signal\nprint(signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGPIPE))",
    "main": "import __main__, sys\nprint(sorted(vars(__main__)), __main__ is sys.modules['__main__'])",
    "threads": "import threading\nprint(threading.enumerate(), threading.main_thread().native_id == threading.get_native_id())",
}


class Warm(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = harness.Place()

    @classmethod
    def tearDownClass(cls):
        cls.place.close()

    def compare(self, cases, **more):
        jobs = [harness.job(code, **more) for code in cases.values()]
        for name, each, ours in zip(cases, jobs, self.place.run(jobs)):
            with self.subTest(name):
                self.assertEqual(ours.key(), self.place.plain(each).key())

    def test_sys_modules_after_each_import(self):
        self.compare({name: "import %s, sys\nprint(sorted(sys.modules))" % name for name in IMPORTS})

    def test_same_as_python(self):
        self.compare(SAME)

    def test_a_module_of_the_learners_own_wins(self):
        code = "import sys\ntry:\n    import tempfile\nexcept ImportError as e:\n    print(e)\nimport random\nprint(random.x)"
        self.compare({"own random": code}, files=[["random.py", "x = 1\n", False]])

    def test_no_preload(self):
        each = harness.job("import sys, json\nprint(sorted(sys.modules))\n1/0")
        self.assertEqual(self.place.run([each], preload=[])[0].key(), self.place.plain(each).key())

    def test_the_runner_cannot_be_found(self):
        code = (
            "import sys, gc\nprint([name for name in sys.modules if 'runner' in name])\n"
            "print(sys._getframe().f_back is None or '<' in sys._getframe().f_back.f_code.co_filename)"
        )
        self.assertEqual(self.place.run([harness.job(code)])[0].stdout.split("\n")[0], "[]")

    def test_an_import_is_quick(self):
        code = (
            "import time\nstart = time.perf_counter()\n"
            "import json, random, dataclasses, unittest, concurrent.futures, tempfile\n"
            "print(time.perf_counter() - start)"
        )
        # A ratio within one run: the machine may be slow or busy.
        warm = min(float(self.place.run([harness.job(code)])[0].stdout) for _ in range(3))
        plain = min(float(self.place.plain(harness.job(code)).stdout) for _ in range(3))
        self.assertLess(warm, plain / 2)

    def test_relative_times_start_in_the_cell(self):
        code = "import logging, time\nprint(time.time() - logging._startTime)"
        if sys.version_info >= (3, 13):
            code = "import logging, time\nprint((time.time_ns() - logging._startTime) / 1e9)"
        self.assertLess(abs(float(self.place.run([harness.job(code)])[0].stdout)), 0.05)


if __name__ == "__main__":
    unittest.main()
