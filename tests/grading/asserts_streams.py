# sys.stdin replaced, standard output captured, input patched by assignment.
# %% program
import sys


def ask():
    return input("? ").strip()


def read_all():
    return [line.rstrip("\n") for line in sys.stdin]


def say(*words):
    print(*words, sep="-")
    sys.stdout.write("end\n")


def complain():
    print("bad", file=sys.stderr)
# %% tests
import builtins
import contextlib
import io
import sys

sys.stdin = io.StringIO("Ada\nBob\nEve\n")
assert ask() == "Ada"
assert read_all() == ["Bob", "Eve"]
out = io.StringIO()
with contextlib.redirect_stdout(out):
    say("a", "b")
assert out.getvalue() == "a-b\nend\n"
err = io.StringIO()
with contextlib.redirect_stderr(err):
    complain()
assert err.getvalue() == "bad\n"
prompts = []
real = builtins.input
builtins.input = lambda prompt="": prompts.append(prompt) or " Kim "
assert ask() == "Kim" and prompts == ["? "]
builtins.input = real
sys.stdin = io.StringIO("")
try:
    ask()
    ended = False
except EOFError:
    ended = True
assert ended
old, sys.stdout = sys.stdout, io.StringIO()
say("c")
text, sys.stdout = sys.stdout.getvalue(), old
assert text == "c\nend\n"
# %% cases
# Test 1: passed
# Test 2: passed
# Test 3: passed
# Test 4: passed
# Test 5: passed
# Test 6: passed
# Test 7: passed
