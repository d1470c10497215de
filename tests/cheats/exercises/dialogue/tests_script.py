import io
import sys

import starter

sys.stdin = io.StringIO("Ada\n")
out = sys.stdout = io.StringIO()
try:
    name = starter.greet()
finally:
    sys.stdout = sys.__stdout__
if name != "Ada" or not out.getvalue().endswith("Hello, Ada!\n"):
    raise SystemExit("a wrong greeting")
print("OK")
