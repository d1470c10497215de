# 13. The other words that a cell may say. No case passes.
# exercise: text; styles: all
import os
import struct

WORDS = (
    '{"started":true}',
    '{"restart":"gone"}',
    '{"restarted":true}',
    '{"loaded":[0,0]}',
    '{"gone":"it ended well"}',
    '{"report":{"status":"ok"}}',
    '{"done":true}',
    '["end"]',
)


def shout(text):
    for word in WORDS:
        for fd in range(3, 64):
            try:
                os.write(fd, struct.pack("<I", len(word)) + word.encode())
            except OSError:
                pass
    return -1


vowels = initials = shout
