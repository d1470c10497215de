"""The end of a program: every case must look as under `python3 main.py`, byte for byte, exit status included."""

import sys
import unittest

import harness

SAME = {
    "nothing": "",
    "print": "print('hello')",
    "no newline at the end": "import sys\nsys.stdout.write('a')",
    "exit": "import sys\nsys.exit()",
    "exit None": "raise SystemExit",
    "exit 0": "raise SystemExit(0)",
    "exit 3": "import sys\nprint('x')\nsys.exit(3)",
    "exit True": "raise SystemExit(True)",
    "exit -1": "raise SystemExit(-1)",
    "exit 256": "raise SystemExit(256)",
    "exit 2**31": "raise SystemExit(2**31 + 7)",

    "exit text": "import sys\nsys.exit('bye')",
    "exit empty text": "import sys\nsys.exit('')",
    "exit tuple": "raise SystemExit(1, 'two')",
    "exit list": "raise SystemExit([1])",
    "exit float": "raise SystemExit(1.5)",
    "exit object": "class A:\n    def __str__(self): return 'A!'\nraise SystemExit(A())",
    "exit int subclass": "class I(int): pass\nraise SystemExit(I(9))",
    "exit subclass": "class E(SystemExit): pass\nraise E(4)",
    "exit with code attribute": "e = SystemExit(1)\ne.code = 5\nraise e",
    "exit exception": "raise SystemExit(ValueError('no'))",
    "exit, stderr None": "import sys\nsys.stderr = None\nsys.exit('text')",
    "quit": "quit()",
    "quit text": "exit('done')",
    "error": "def f():\n    return 1/0\nprint('a')\nf()",
    "error, own class": "class Oops(Exception): pass\nraise Oops('x')",
    "error, str fails": "class E(Exception):\n    def __str__(self): raise ValueError\nraise E()",
    "error, chained": "try:\n    1/0\nexcept Exception as e:\n    raise KeyError('k') from e",
    "error, context": "try:\n    1/0\nexcept Exception as e:\n    {}['k']",
    "error, unicode": "raise ValueError('\\udcff \\u20ac')",
    "error, deep": "def f(n):\n    f(n + 1)\nf(0)",
    "error, exec": "exec('1/0')",
    "error, base": "raise BaseException('b')",
    "error, notes": "e = ValueError('x')\ngetattr(e, 'add_note', print)('note')\nraise e",
    "keyboard interrupt": "raise KeyboardInterrupt",
    "keyboard interrupt, text": "print('x')\nraise KeyboardInterrupt('stop')",
    "keyboard interrupt, subclass": "class K(KeyboardInterrupt): pass\nraise K",
    "generator exit": "raise GeneratorExit",
    "syntax error": "print('a'\nx = 1",
    "syntax error, indentation": "if True:\nprint(1)",
    "syntax error, tabs": "if True:\n\tx = 1\n        y = 2",
    "syntax error, caret": "x = 1\ny = = 2",
    "syntax error, null": "x = 1\0",
    "syntax error, eval": "eval('1 +')",
    "syntax error, encoding": "# -*- coding: nonsense -*-\n",
    "latin-1 cookie": "# -*- coding: latin-1 -*-\nprint(ascii('\u00e9'))",
    "crlf": "print(1)\r\nprint(2)\r\n1/0\r\n",
    "excepthook": "import sys\ndef hook(t, v, tb):\n    print('hook', t.__name__, v, sys.last_value is v)\nsys.excepthook = hook\n1/0",
    "excepthook fails": "import sys\ndef hook(t, v, tb):\n    {}['x']\nsys.excepthook = hook\n1/0",
    "excepthook exits": "import sys\ndef hook(t, v, tb):\n    sys.exit(7)\nsys.excepthook = hook\n1/0",
    "excepthook missing": "import sys\ndel sys.excepthook\n1/0",
    "excepthook None": "import sys\nsys.excepthook = None\n1/0",
    "stderr None": "import sys\nsys.stderr = None\n1/0",
    "stderr missing": "import sys\ndel sys.stderr\n1/0",
    "stdout None": "import sys\nsys.stdout = None\nprint('x')",
    "stdout replaced": "import sys, io\nsys.stdout = io.StringIO()\nprint('x')",
    "stdout closed": "import sys\nprint('a')\nsys.stdout.close()",
    "stdout own class": "import sys\nclass W:\n    def write(self, s): sys.__stdout__.write(s.upper())\n    def flush(self): sys.__stdout__.write('F')\nsys.stdout = W()\nprint('x')",
    "stdout flush fails": "import sys\nclass W:\n    def write(self, s): pass\n    def flush(self): raise OSError('no')\nsys.stdout = W()\nprint('x')",
    "stderr flush fails": "import sys\nclass W:\n    def write(self, s): pass\n    def flush(self): raise OSError('no')\nsys.stderr = W()\nprint('x')",
    "atexit": "import atexit\natexit.register(print, 'one')\natexit.register(print, 'two')\nprint('zero')",
    "atexit fails": "import atexit\n@atexit.register\ndef f():\n    1/0\natexit.register(print, 'two')",
    "atexit exits": "import atexit, sys\natexit.register(lambda: sys.exit(5))",
    "atexit registers": "import atexit\n@atexit.register\ndef f():\n    atexit.register(print, 'late')\n    print('f')",
    "atexit after an error": "import atexit\natexit.register(print, 'end')\n1/0",
    "atexit file": "import atexit\natexit.register(lambda: print('__file__' in globals()))",
    "atexit file, exit": "import atexit, sys\natexit.register(lambda: print('__file__' in globals()))\nsys.exit(2)",
    "atexit and logging": "import atexit\natexit.register(print, 'a')\nimport logging\natexit.register(print, 'b')\nlogging.warning('w')",
    "thread": "import threading, time\ndef f():\n    time.sleep(0.05)\n    print('thread')\nthreading.Thread(target=f).start()\nprint('main')",
    "thread, error": "import threading\nt = threading.Thread(target=lambda: 1/0, name='T')\nt.start()\nt.join()",
    "thread after exit": "import threading, time, sys\nthreading.Thread(target=lambda: (time.sleep(0.05), print('t'))).start()\nsys.exit(3)",
    "daemon thread": "import threading, time\nthreading.Thread(target=lambda: time.sleep(9), daemon=True).start()\nprint('x')",
    "thread pool": "from concurrent.futures import ThreadPoolExecutor\ne = ThreadPoolExecutor(2)\nprint(e.submit(pow, 2, 3).result())",
    "del": "class A:\n    def __init__(self, n): self.n = n\n    def __del__(self): print('del', self.n)\na = A(1)\nb = A(2)\nprint('end')",
    "del, globals": "word = 'w'\nclass A:\n    def __del__(self): print(word, __name__)\na = A()",
    "del in a cycle": "class A:\n    def __del__(self): print('del')\na = A()\na.me = a\ndel a\nprint('end')",
    "del after an error": "class A:\n    def __del__(self): print('del')\na = A()\n1/0",
    "del after an error in a function": "class A:\n    def __del__(self): print('del')\ndef f():\n    a = A()\n    1/0\nf()",
    "del fails": "class A:\n    def __del__(self): 1/0\na = A()",
    "del imports": "class A:\n    def __del__(self):\n        import json\n        print('imported')\na = A()",
    "del, sys": "import sys\nclass A:\n    def __del__(self): print(sys.path, sys.modules.get('os'), sys.is_finalizing())\na = A()",
    "del, open": "class A:\n    def __del__(self): print(open.__name__)\na = A()",
    "del, exception held": "class A(Exception):\n    def __del__(self): print('del')\nraise A",
    "del, typing": "from typing import List\nclass A:\n    def __del__(self): print('del')\nx: List[A] = [A()]",
    "del, hook": "import sys\nclass A:\n    def __del__(self): print('del')\na = A()\nsys.excepthook = lambda *args: None",
    "del, signal": "import signal\nclass A:\n    def __del__(self): print('del')\na = A()\nsignal.signal(signal.SIGUSR1, lambda *x: None)",
    "file not closed": "f = open('a.txt', 'w')\nf.write('x' * 10)\nimport atexit\nclass A:\n    def __del__(self):\n        print('gone')\na = A()",
    "generator": "def g():\n    try:\n        yield 1\n    finally:\n        print('finally')\nx = g()\nnext(x)\nprint('end')",
    "coroutine": "async def f(): pass\nc = f()\nprint('end')",
    "builtins": "import builtins\nclass A:\n    def __del__(self): print('del')\nbuiltins.keep = A()",
    "weakref": "import weakref\nclass A: pass\na = A()\nweakref.finalize(a, print, 'final')\nprint('end')",
    "temporary folder": "import tempfile, os\nd = tempfile.TemporaryDirectory(dir='.')\nprint(os.path.isdir(d.name))",
    "os._exit": "import os\nprint('lost')\nos._exit(4)",
    "abort": "import os\nos.abort()",
    "main deleted": "import sys\ndel sys.modules['__main__']\nprint('x')\n1/0",
    "modules cleared": "import sys\nsys.modules.clear()\nprint('x')",
    "stdout fd closed": "import os\nprint('x')\nos.close(1)",
    "stdin": "print(input(), input('> '))\ninput()",
    "warning": "import warnings\nwarnings.warn('careful')\nprint('x')",
    "asyncio": "import asyncio\nasync def f():\n    await asyncio.sleep(0.01)\n    return 5\nprint(asyncio.run(f()))",
    "fork": "import os, sys\nprint('a', flush=True)\nif os.fork() == 0:\n    print('child')\n    sys.exit(3)\nprint(os.wait()[1])",
    "subprocess": "import subprocess, sys\nprint(subprocess.run([sys.executable, '-c', 'print(1)'], capture_output=True).stdout)",
    "multiprocessing": "import multiprocessing as m\ndef f(x): return x * x\nif __name__ == '__main__':\n    with m.get_context('fork').Pool(2) as p:\n        print(p.map(f, [1, 2, 3]))",
    "multiprocessing, spawn": "import multiprocessing as m\ndef f(q): q.put(__name__)\nif __name__ == '__main__':\n    c = m.get_context('spawn')\n    q = c.Queue()\n    p = c.Process(target=f, args=(q,))\n    p.start()\n    print(q.get())\n    p.join()",
    "pickle": "import pickle\nclass A: pass\nprint(type(pickle.loads(pickle.dumps(A()))) is A)",
    "getsource": "import inspect\ndef f():\n    return 1\nprint(inspect.getsource(f))",
    "unittest": "import unittest\nclass T(unittest.TestCase):\n    def test(self): self.assertEqual(1, 1)\nunittest.main(argv=['x'], exit=False, verbosity=0, testRunner=unittest.TextTestRunner(stream=open('o', 'w')))",
    "doctest": "def f():\n    '''\n    >>> f()\n    2\n    '''\n    return 1\nimport doctest\nprint(doctest.testmod().failed)",
}


class SameAsPython(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = harness.Place()

    @classmethod
    def tearDownClass(cls):
        cls.place.close()

    def test_every_case(self):
        jobs = [harness.job(code, stdin="one\ntwo\n") for code in SAME.values()]
        for name, each, ours in zip(SAME, jobs, self.place.run(jobs)):
            with self.subTest(name):
                self.assertEqual(ours.key(), self.place.plain(each).key())

    def test_arguments(self):
        code = "import sys\nprint(sys.argv, getattr(sys, 'orig_argv', [0])[1:], sys.path[0], __file__)"
        each = harness.job(code, args=["a", "b c", "\u20ac"])
        self.assertEqual(self.place.run([each])[0].key(), self.place.plain(each).key())

    def test_files(self):
        files = [["data/x.txt", "text\r\n", False], ["helper.py", "def f():\n    return 1 / 0\n", False]]
        code = "import helper\nprint(ascii(open('data/x.txt', newline='').read()))\nhelper.f()"
        each = harness.job(code, files=files)
        ours = self.place.run([each])[0]
        self.assertEqual(ours.key(), self.place.plain(each).key())
        self.assertEqual(ours.error["line"], 3)

    def test_modules_of_the_program_go_too(self):
        helper = "class A:\n    def __del__(self): print('gone', __name__)\na = A()\n"
        each = harness.job("import helper\nprint('end')", files=[["helper.py", helper, False]])
        self.assertEqual(self.place.run([each])[0].key(), self.place.plain(each).key())

    def test_nothing_is_left_of_the_rehearsal(self):
        code = (
            "import os, sys\nprint(os.listdir('.'), hasattr(sys, 'last_value'), sys.argv)\n"
            "import linecache, random\nprint(linecache.cache)\n"
        )
        each = harness.job(code)
        self.assertEqual(self.place.run([each])[0].key(), self.place.plain(each).key())

    def test_seeds_differ_between_cells(self):
        code = (
            "import random, uuid, tempfile, secrets\n"
            "print(random.random(), uuid.uuid4(), secrets.token_hex(4), next(tempfile._get_candidate_names()))"
        )
        outputs = [ours.stdout.split() for ours in self.place.run([harness.job(code) for _ in range(3)])]
        for values in zip(*outputs):
            self.assertEqual(len(set(values)), 3)

    def test_a_channel_that_the_program_closed(self):
        code = "import os\nos.close(%d)\n1/0" % harness.REPORT_FD
        ours = self.place.run([harness.job(code)])[0]
        self.assertIn("ZeroDivisionError", ours.stderr)
        self.assertEqual(ours.frames, [])


class Frames(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = harness.Place()

    @classmethod
    def tearDownClass(cls):
        cls.place.close()

    def run_one(self, code):
        return self.place.run([harness.job(code)])[0]

    def test_error(self):
        error = self.run_one("def f(x):\n    return 1 + '\u00e9' + x.y\n\nf(3)").error
        self.assertEqual((error["type"], error["line"]), ("TypeError", 2))
        self.assertEqual(error["source"], "    return 1 + '\u00e9' + x.y")
        self.assertEqual(error["column"], 12 if sys.version_info >= (3, 11) else None)

    def test_types_as_in_a_traceback(self):
        self.assertEqual(self.run_one("class A:\n    class E(Exception): pass\nraise A.E").error["type"], "A.E")
        self.assertEqual(self.run_one("import json\njson.loads('')").error["type"], "json.decoder.JSONDecodeError")

    def test_syntax_error(self):
        ours = self.run_one("x = 1\ny = = 2\n")
        self.assertTrue(ours.frames[0]["syntax_error"])
        self.assertEqual((ours.error["line"], ours.error["column"], ours.error["source"]), (2, 5, "y = = 2"))
        self.assertFalse(self.run_one("eval('1 +')").frames[0]["syntax_error"])

    def test_long_and_broken_texts(self):
        error = self.run_one("raise ValueError('\\U0001f600' * 100000 + '\\udc80')").error
        self.assertLessEqual(len(error["message"]), 3000)
        self.assertEqual(self.run_one("raise ValueError('a\\udc80b')").error["message"], "a\ufffdb")

    def test_no_frame_for_an_exit(self):
        self.assertEqual(self.run_one("raise SystemExit(3)").frames, [])
        self.assertEqual(self.run_one("print(1)").frames, [])

    def test_a_forked_child_does_not_speak_for_the_program(self):
        ours = self.run_one("import os\nif os.fork() == 0:\n    1/0\nos.wait()")
        self.assertIn("ZeroDivisionError", ours.stderr)
        self.assertEqual((ours.status, ours.frames), (0, []))

    def test_hostile_exceptions(self):
        ours = self.run_one("class E(Exception):\n    def __str__(self): raise SystemExit(0)\nraise E")
        self.assertEqual(ours.error["message"], "<exception str() failed>")
        self.assertEqual(ours.status, 256)


if __name__ == "__main__":
    unittest.main()
