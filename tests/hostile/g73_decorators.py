# expect: status=syntax_error|error|killed|ok|memory_limit|timeout
# claim: G73 — a million decorators, compiled at run time: bounded inside the sandbox
a = lambda thing: thing
exec("@a\n" * 10**6 + "def f(): pass\n")
print("end")
