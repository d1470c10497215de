# expect: status=timeout limits.timeoutMs=1000
# claim: A1 — an endless loop ends at the time limit and is told as one
while True:
    pass
