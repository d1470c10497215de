# expect: status=syntax_error|error|killed|ok|timeout|memory_limit limits.timeoutMs=1000
# claim: G73 — a source that makes the parser go back and forth is stopped at the time limit
source = "(" * 190 + "a, b for c" + ")" * 190
for _ in range(10**6):
    try:
        compile(source, "x", "exec")
        compile("f(" * 90 + ")" * 89, "x", "exec")
    except SyntaxError:
        pass
