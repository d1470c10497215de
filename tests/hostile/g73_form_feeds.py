# expect: status=ok output=end
# claim: G73 — form feeds and vertical blanks in the source do no harm

def f():
    return "end"

print(f())
