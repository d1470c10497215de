import base64
import difflib
import hashlib
import html
import struct
import textwrap
import unicodedata
import urllib.parse
import zlib

print(hashlib.sha256(b"abc").hexdigest()[:16], hashlib.md5("é".encode()).hexdigest()[:8], base64.b64encode(b"\xff\x00hello"), zlib.crc32(b"abc"))
print(zlib.decompress(zlib.compress(b"a" * 1000)) == b"a" * 1000, struct.pack(">IHb", 1, 2, -3), unicodedata.name("é"), unicodedata.normalize("NFD", "é").encode())
print(html.escape("<a & 'b'>"), urllib.parse.quote("a b/ü"), urllib.parse.parse_qs("x=1&y=2&x=3"), difflib.get_close_matches("appel", ["ape", "apple", "peach"]))
print("\n".join(difflib.unified_diff("a b c".split(), "a x c".split(), "one", "two", lineterm="")))
print(textwrap.dedent("    a\n      b\n"), "%-5s|%5.2f|%03d|%r" % ("ab", 3.14159, 7, "x"), "{0!r:>6}{name:^7}".format("a", name="mid"), sep="")
b"\xff".decode("utf-8")
