# 3. SystemExit in a constructor. No case passes.
# exercise: vector; styles: all
class Vector:
    def __init__(self, x, y):
        raise SystemExit(0)
