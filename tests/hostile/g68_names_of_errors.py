# expect: status=error
# claim: G68 — an exception whose class, message and file are built to trouble the report: the answer is valid JSON
def text(self):
    return 1 / 0


Odd = type('A\n\x1b[31m"}\u202e', (Exception,), {"__module__": "\u202e\0\ud800", "__str__": text, "__repr__": lambda self: 5})
exec(compile("\n" * 70000 + "raise Odd()", '\udcff\n"/../\x1b[2Jx', "exec"))
