# expect: status=ok output=done collect=* collected=any
# claim: C40 — names of 255 bytes, not UTF-8, with newlines and control characters: cleaned up, JSON stays valid
import os

names = [
    b"x" * 255, b"\xff\xfe\x80", b"line\nbreak", b"tab\tbell\x07", b"\x1b[2J\x1b]0;title\x07", b'quote"back\\slash',
    b" leading", b"trailing ", b"-rf", b"*", b"?", b"[a]", b"{a,b}", b"~", b"$HOME", b"`id`", b";id", b"\xe2\x80\xae\xe2\x80\xae",
    b"\xed\xa0\x80", b"...", b".. ", b"con", b"nul", b"\x01\x02\x7f", b"\xf0\x9f\x92\xa3" * 60,
]
made = 0
for name in names:
    try:
        with open(name, "wb") as file:
            file.write(name)
        made += 1
    except OSError:
        print("refused", name)
try:
    os.mkdir(b"\xfe folder\n")
    with open(b"\xfe folder\n/\xff", "wb") as file:
        file.write(b"inside")
except OSError:
    pass
print(len(os.listdir(b".")) >= made)
print("done")
