# expect: status=timeout limits.timeoutMs=1000
# claim: A20 — one call that computes for minutes is stopped
import math

print(math.factorial(3 * 10**7) % 7)
