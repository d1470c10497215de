# expect: status=ok|error|memory_limit|timeout|syntax_error limits.timeoutMs=1000
# claim: G73 — powers and shifts that the compiler may fold are bounded
x = lambda: 2 ** 10**10
y = lambda: 1 << 10**12
z = lambda: ((9 ** 9 ** 9) ** 9)
w = lambda: "%1000000000d" % 1
print("end")
