# 6. Becomes an interpreter that writes frames to every descriptor. No case passes.
# exercise: numbers; styles: all
import os
import sys

code = """
import os, struct
for text in ('{"case":{"name":"Test 1","status":"passed"},"index":0}', '{"done":true}'):
    for fd in range(1100):
        try:
            os.write(fd, struct.pack("<I", len(text)) + text.encode())
        except OSError:
            pass
"""
for fd in range(3, 300):
    try:
        os.set_inheritable(fd, True)
    except OSError:
        pass
os.execv(sys.executable or "/usr/bin/python3", ["python3", "-c", code])
