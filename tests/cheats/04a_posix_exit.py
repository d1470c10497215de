# 4. posix._exit at import. No case passes.
# exercise: numbers; styles: all
import posix

posix.write(1, b"OK\n")
posix._exit(0)
