"""Which main blocks are skipped, as tables."""

import unittest

import harness
from runner import interactive

MAIN = 'if __name__ == "__main__":\n'

SKIPPED = {
    "direct": MAIN + "    name = input()\n    print(name)\n",
    "prompt": MAIN + "    print(int(input('n? ')))\n",
    "other order": 'if "__main__" == __name__:\n    input()\n',
    "single quotes": "if __name__ == '__main__':\n    input()\n",
    "function": "def ask():\n    return input()\n" + MAIN + "    ask()\n",
    "two deep": "def a():\n    return input()\ndef b():\n    return a()\n" + MAIN + "    b()\n",
    "recursive": "def a():\n    b()\ndef b():\n    a()\n    input()\n" + MAIN + "    a()\n",
    "main": "def main():\n    while True:\n        if input() == 'q':\n            break\n" + MAIN + "    main()\n",
    "method": "class A:\n    def run(self):\n        input()\n" + MAIN + "    A().run()\n",
    "constructor": "class A:\n    def __init__(self):\n        self.x = input()\n" + MAIN + "    A()\n",
    "inherited": "class B:\n    def __init__(self):\n        input()\nclass A(B):\n    pass\n" + MAIN + "    A()\n",
    "self call": "class A:\n    def run(self):\n        self.ask()\n    def ask(self):\n        input()\n"
    + MAIN + "    A().run()\n",
    "stdin": "import sys\n" + MAIN + "    for line in sys.stdin:\n        print(line)\n",
    "readline": "import sys\n" + MAIN + "    sys.stdin.readline()\n",
    "renamed": "import sys as s\n" + MAIN + "    s.stdin.read()\n",
    "from import": "from sys import stdin\n" + MAIN + "    stdin.read()\n",
    "alias": "import sys\ninput = sys.stdin.readline\n" + MAIN + "    input()\n",
    "own alias": "ask = input\n" + MAIN + "    ask()\n",
    "open 0": MAIN + "    print(open(0).read())\n",
    "fileinput": "import fileinput\n" + MAIN + "    for line in fileinput.input():\n        pass\n",
    "getpass": "import getpass\n" + MAIN + "    getpass.getpass()\n",
    "from getpass": "from getpass import getpass\n" + MAIN + "    getpass()\n",
    "lambda": "ask = lambda: input()\n" + MAIN + "    ask()\n",
    "handed on": MAIN + "    list(map(input, ['a']))\n",
    "iter": MAIN + "    for line in iter(input, ''):\n        pass\n",
    "inner function": "def main():\n    def ask():\n        return input()\n    ask()\n" + MAIN + "    main()\n",
    "in the block": MAIN + "    def ask():\n        return input()\n    ask()\n",
    "f-string": MAIN + "    print(f'{input()}')\n",
    "comprehension": MAIN + "    print([input() for _ in range(2)])\n",
    "else goes too": MAIN + "    input()\nelse:\n    print('imported')\n",
    "walrus": MAIN + "    while (line := input()):\n        pass\n",
    "callback": "def run(f):\n    f()\ndef ask():\n    input()\n" + MAIN + "    run(ask)\n",
    "own alias of a function": "def ask():\n    input()\ngo = ask\n" + MAIN + "    go()\n",
    "async": "import asyncio\nasync def main():\n    input()\n" + MAIN + "    asyncio.run(main())\n",
}

KEPT = {
    "reads nothing": "def f():\n    return 1\n" + MAIN + "    print(f())\n",
    "defined, not called": "def ask():\n    return input()\n" + MAIN + "    print('input')\n",
    "own input": "def input(prompt=''):\n    return 'x'\n" + MAIN + "    print(input())\n",
    "assigned": "input = lambda *a: '5'\n" + MAIN + "    print(input())\n",
    "parameter": "def f(input):\n    return input()\n" + MAIN + "    print(f(lambda: 1))\n",
    "local": "def f():\n    input = str\n    return input()\n" + MAIN + "    f()\n",
    "word in a text": MAIN + "    print('give me input()')\n",
    "attribute": "class A:\n    def input(self):\n        return 1\n" + MAIN + "    print(A().input())\n",
    "top level": "x = input()\n" + MAIN + "    print(x)\n",
    "not a main block": "if __name__ != '__main__':\n    input()\n",
    "open a file": MAIN + "    open('input.txt', 'w')\n",
    "fileinput of files": "import fileinput\n" + MAIN + "    fileinput.input(['a'])\n",
    "not parsed": MAIN + "    input(\n",
    "nested definition only": MAIN + "    def ask():\n        return input()\n    print(1)\n",
    "input as a name": MAIN + "    input_text = 'a'\n    print(input_text)\n",
    "nothing to skip": "print('__main__', 'input')\n",
}


class Tables(unittest.TestCase):
    def test_skipped(self):
        for name, code in SKIPPED.items():
            with self.subTest(name):
                self.assertIsNotNone(interactive.skip(code, "/w/main.py"))

    def test_kept(self):
        for name, code in KEPT.items():
            with self.subTest(name):
                self.assertIsNone(interactive.skip(code, "/w/main.py"))

    def test_notice(self):
        code = "a = 1\n" + MAIN + "    b = input()\n    print(b)\nprint('end')\n"
        self.assertEqual(
            interactive.skip(code, "/w/main.py")[1],
            ["Skipped the interactive section (lines 2-4): it waits for keyboard input and none was given."],
        )


class InACell(unittest.TestCase):
    def setUp(self):
        self.place = harness.Place()
        self.addCleanup(self.place.close)

    def test_the_rest_runs_with_its_line_numbers(self):
        code = '"""Doc."""\n' + MAIN + "    print(input())\nprint(__doc__, __name__)\n1/0\n"
        skipped, kept = self.place.run([harness.job(code, skip_interactive=True), harness.job(code)])
        self.assertEqual(skipped.stdout, "Doc. __main__\n")
        self.assertIn("line 5, in <module>\n    1/0", skipped.stderr)
        self.assertEqual(len(skipped.notices), 1)
        self.assertEqual(skipped.error["line"], 5)
        self.assertIn("EOFError", kept.stderr)
        self.assertEqual(kept.notices, [])

    def test_a_syntax_error_stays_pythons(self):
        code = MAIN + "    input(\n"
        each = harness.job(code, skip_interactive=True)
        ours = self.place.run([each])[0]
        self.assertEqual(ours.key(), self.place.plain(each).key())
        self.assertTrue(ours.frames[0]["syntax_error"])


if __name__ == "__main__":
    unittest.main()
