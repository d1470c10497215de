# expect: status=ok output=end
# claim: G68 — bytes that are not UTF-8, NUL, escape sequences and control characters in the output: the answer is valid JSON
import os

os.write(1, bytes(range(256)) * 4 + b"\n")
os.write(1, b"\xed\xa0\x80\xed\xb0\x80 \xc0\x80 \xf4\x90\x80\x80 \xff\xfe \xf8\x88\x80\x80\x80\n")
os.write(1, b"\x1b[2J\x1b[1;1H\x1b]0;title\x07\x1b]8;;http://127.0.0.1/\x07link\x1b]8;;\x07\x1bP+q\x1b\\ \x9b31m\n")
os.write(1, b"\0" * 10000 + b"\n")
os.write(2, b"\xff\0\x1b[31m\n")
print("end")
