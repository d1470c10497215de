# expect: status=error|memory_limit
# claim: A3 — a huge string is an exception or the memory limit, never a time-out
text = "a" * 10**10
print("HOLE:", len(text))
