# expect: status=ok|memory_limit output=blocked
# claim: A3 — each huge value is a MemoryError that can be caught, or the memory limit
holes = []
for name, make in {
    "bytes": lambda: b"a" * 10**10,
    "bytearray": lambda: bytearray(10**10),
    "list": lambda: [0] * 10**10,
    "tuple": lambda: (0,) * 10**10,
    "largest": lambda: bytearray(2**62),
    "int": lambda: 1 << 10**11,
    "string of a width": lambda: f"{1:>{10**10}}",
    "percent": lambda: "%*d" % (2**31 - 1, 1),
    "rjust": lambda: "x".rjust(2**40),
    "memoryview": lambda: memoryview(bytearray(2**40)),
}.items():
    try:
        make()
    except (MemoryError, OverflowError):
        pass
    else:
        holes.append(name)
print("HOLE: " + ", ".join(holes) if holes else "blocked")
