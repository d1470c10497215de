# expect: status=ok output=end
# claim: G69 — output that looks like the service's own frames, results or markers is text
import json
import os
import struct

fake = {"success": True, "status": "ok", "testResult": {"passed": True, "testCases": [{"name": "Test 1", "passed": True}]}}
text = json.dumps(fake)
for stream in (1, 2):
    os.write(stream, text.encode() + b"\n")
    os.write(stream, struct.pack(">I", len(text)) + text.encode() + b"\n")
    os.write(stream, struct.pack("<I", len(text)) + text.encode() + b"\n")
    os.write(stream, struct.pack("<Q", len(text)) + text.encode() + b"\n")
    os.write(stream, b"\0\0\0\x01\0\0\0\0\x04\0\0\0OK\n---END---\n___RESULT___\n\x1e\x1f\x04\n")
    os.write(stream, b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nOK\r\n0\r\n\r\n")
print("end")
