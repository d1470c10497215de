# expect: status=ok|memory_limit output=survived
# claim: A4 — who catches the MemoryError and lets go may go on
blocks = []
try:
    while True:
        blocks.append(bytearray(b"x" * 2**20))
except MemoryError:
    blocks.clear()
print("survived")
