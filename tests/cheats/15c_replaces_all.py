# 15. Replaces every descriptor by standard output. No case passes.
# exercise: text; styles: all
import os

for fd in range(3, 256):
    try:
        os.dup2(1, fd)
    except OSError:
        pass


def shout(text):
    return -1


vowels = initials = shout
