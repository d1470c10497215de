# expect: status=timeout limits.timeoutMs=1000
# claim: A20 — a regular expression that backtracks for ever is stopped
import re

print(re.match(r"(a+)+$", "a" * 60 + "b"))
