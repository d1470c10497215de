from starter import Vector

v = Vector(1, 2) + Vector(3, 4)
if (v.x, v.y) != (4, 6):
    raise SystemExit("a wrong sum")
if abs(Vector(3, 4).length - 5) > 1e-9:
    raise SystemExit("a wrong length")
if list(v * 2) != [8, 12]:
    raise SystemExit("a wrong product")
print("OK")
