# expect: status=timeout limits.timeoutMs=1000
# claim: A20 — a number of a hundred million digits is stopped while C code computes it
print((7 ** 10**8) % 10)
