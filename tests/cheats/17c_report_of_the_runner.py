# 17. The runner's own report of a clean end, sent ahead. No case passes.
# exercise: text; styles: all
import json
import os
import struct

for report in ({"report": {"exit": 0}}, {"ended": {"code": 0}}, {"status": "ok"}, {"finished": True}):
    text = json.dumps(report)
    for fd in range(3, 64):
        try:
            os.write(fd, struct.pack("<I", len(text)) + text.encode())
        except OSError:
            pass


def shout(text):
    os._exit(0)


vowels = initials = shout
