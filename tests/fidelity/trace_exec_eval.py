import traceback

try:
    exec("x = 1\ny = x / 0\n")
except ZeroDivisionError:
    traceback.print_exc()
try:
    eval("1 +")
except SyntaxError:
    traceback.print_exc()
try:
    exec(compile("def f():\n    raise KeyError('k')\nf()", "made.py", "exec"))
except KeyError:
    traceback.print_exc()
eval("undefined_name + 1")
