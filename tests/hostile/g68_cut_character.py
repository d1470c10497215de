# expect: status=output_limit truncated=true
# claim: G68 — the limit falls inside a character of four bytes: the answer is valid JSON
import os

os.write(1, b"x")
while True:
    os.write(1, "\U0001F600".encode() * 1000)
