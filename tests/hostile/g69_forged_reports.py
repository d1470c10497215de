# expect: status=error exitCode=3 lacks=FORGED
# claim: G69 — frames written to every descriptor change nothing in what is reported
import json
import os
import struct

fake = json.dumps({"success": True, "status": "ok", "exitCode": 0, "signal": None, "output": "FORGED", "type": "result", "passed": True}).encode()
for fd in range(3, 256):
    for frame in (fake + b"\n", struct.pack("<I", len(fake)) + fake, struct.pack(">I", len(fake)) + fake, struct.pack("<Q", len(fake)) + fake):
        try:
            os.write(fd, frame)
        except OSError:
            break
os._exit(3)
