# expect: status=syntax_error|error|killed|ok|memory_limit
# claim: G73 — format strings and lambdas nested as deep as they fit: an error or a signal inside the sandbox
source = "lambda: " * 50_000 + "1"
try:
    eval(compile(source, "main.py", "eval"))
except (RecursionError, MemoryError, SyntaxError) as error:
    print(type(error).__name__)
print("end")
