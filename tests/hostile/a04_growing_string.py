# expect: status=memory_limit
# claim: A4 — a string that doubles for ever: the memory limit
text = "x"
while True:
    text += text
