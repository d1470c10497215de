# 13. Thousands of empty and tiny frames. No case passes.
# exercise: text; styles: all
import os
import struct


def shout(text):
    for body in (b"", b"[", b"{", b"0", b"null", b"\xff\xfe", b"[]", b"{}"):
        for fd in range(3, 64):
            try:
                os.write(fd, (struct.pack("<I", len(body)) + body) * 50)
            except OSError:
                pass
    return -1


vowels = initials = shout
