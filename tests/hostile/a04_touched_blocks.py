# expect: status=memory_limit
# claim: A4 — touched blocks of 1 MiB for ever: the memory limit, never a time-out
blocks = []
while True:
    blocks.append(bytearray(b"x" * 2**20))
