import contextlib
import io
import sys

buffer = io.StringIO()
with contextlib.redirect_stdout(buffer):
    print("captured")
    with contextlib.redirect_stderr(sys.stdout):
        print("also", file=sys.stderr)
print(repr(buffer.getvalue()))
sys.stdout = open("out.txt", "w")
print("into a file")
sys.stdout.close()
sys.stdout = sys.__stdout__
print(open("out.txt").read(), end="")
