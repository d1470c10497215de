# 27. struct, os.write, socket and int.from_bytes, as far as they can be patched. No case passes.
# exercise: text; styles: all
import builtins
import os
import socket
import struct


class Number(int):
    @classmethod
    def from_bytes(cls, *args, **kwargs):
        return 0


struct.pack = struct.unpack = lambda *args: (0,)
os.write = os.read = lambda *args: b""
socket.socket.send = socket.socket.recv = lambda *args: b""
builtins.int = Number


def shout(text):
    return Number(-1)


vowels = initials = shout
