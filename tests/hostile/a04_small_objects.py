# expect: status=memory_limit limits.timeoutMs=8000
# claim: A4 — small objects for ever: the memory limit, never a time-out
head = None
while True:
    head = [head, object(), {}]
