"""Stands in for the service: passes frames between a bridge and a learner's process, and replaces that when asked to."""

import json
import os
import select
import socket
import subprocess
import sys
import threading

PROGRAM = """
import os, sys
sys.path.insert(0, sys.argv[2])
from runner.grading.learner import Learner

class Cell:
    class channel:
        fd = int(sys.argv[1])
    main_path = os.path.join(os.getcwd(), "main.py")
    code = open("main.py").read()

Learner(Cell).serve()
"""


def framed(word):
    body = json.dumps(word).encode()
    return len(body).to_bytes(4, "little") + body


def receive(sock):
    data = b""
    while len(data) < 4 or len(data) < 4 + int.from_bytes(data[:4], "little"):
        want = 4 if len(data) < 4 else 4 + int.from_bytes(data[:4], "little")
        chunk = sock.recv(want - len(data))
        if not chunk:
            return None
        data += chunk
    return data


class Service:
    def __init__(self, folder, root):
        self.folder = folder
        self.root = root
        self.words = []
        self.children = []
        self.bridge_end, self.own_end = socket.socketpair()
        self.program = self.start()
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def start(self):
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-c", PROGRAM, str(theirs.fileno()), self.root]
        self.children.append(
            subprocess.Popen(command, cwd=self.folder, pass_fds=[theirs.fileno()], stdout=subprocess.DEVNULL)
        )
        theirs.close()
        return ours

    def serve(self):
        while True:
            watched = [self.own_end] + ([self.program] if self.program else [])
            for sock in select.select(watched, [], [])[0]:
                if sock is self.own_end:
                    data = receive(sock)
                    if data is None:
                        return
                    self.hear(data)
                elif sock is self.program:
                    data = receive(sock)
                    if data is None:
                        self.program.close()
                        self.program = None
                        self.own_end.sendall(framed({"gone": "it ended"}))
                    else:
                        self.own_end.sendall(data)

    def hear(self, data):
        if data[4:5] == b"[":
            if self.program:
                try:
                    self.program.sendall(data)
                except OSError:
                    pass
            return
        word = json.loads(data[4:])
        self.words.append(word)
        if "restart" in word:
            if self.program:
                self.program.close()
            self.children[-1].kill()
            self.program = self.start()
            self.own_end.sendall(framed({"restarted": True}))

    def close(self):
        self.bridge_end.close()
        self.thread.join(5)
        if self.program:
            self.program.close()
        self.own_end.close()
        for child in self.children:
            child.kill()
            child.wait()
        os.chdir(self.root)
