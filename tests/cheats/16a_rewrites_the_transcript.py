# 16. Carriage returns, cursor-up and erased lines. No case passes.
# exercise: printed; styles: all
print("\x1b[2J\x1b[HOK\r\x1b[1A\x1b[KTest 1 passed\r\b\b\b\x1b]0;OK\x07", flush=True)
LIMIT = "\x1b[1A7"
NAMES = "\r('ada', 'grace')"


def square(n):
    print("\x1b[1A\x1b[2K144\r", end="")
    return "\r144"
