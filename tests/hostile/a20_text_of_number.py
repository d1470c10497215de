# expect: status=timeout|ok|error limits.timeoutMs=1000
# claim: A20 — turning a huge number into text is stopped, or refused by Python itself
import sys

if hasattr(sys, "set_int_max_str_digits"):
    sys.set_int_max_str_digits(0)
print(len(str(1 << 40_000_000)))
