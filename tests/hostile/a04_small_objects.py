# expect: status=memory_limit
# claim: A4 — small objects for ever: the memory limit, never a time-out
head = None
while True:
    head = [head, object(), {}]
