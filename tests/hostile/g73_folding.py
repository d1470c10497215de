# expect: status=error|memory_limit
# claim: G73 — a constant of 1 GB, folded by the compiler or not, meets the memory limit inside the sandbox
x = "a" * 10**9
y = ("b" * 10**5) * 10**5
z = (1, 2, 3, 4) * 10**9
print("HOLE", len(x))
