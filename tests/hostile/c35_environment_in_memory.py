# expect: status=ok output=blocked
# claim: C35 — the first environment of the process, still on its stack, holds nothing of the service
import ctypes

libc = ctypes.CDLL(None)
libc.getauxval.restype = ctypes.c_ulong
AT_RANDOM, AT_EXECFN = 25, 31
low, high = libc.getauxval(AT_RANDOM), libc.getauxval(AT_EXECFN)
text = ctypes.string_at(low, high - low) if 0 < high - low < 2**20 else b""
holes = []
for piece in text.split(b"\0"):
    name = piece.split(b"=")[0].upper()
    if b"=" in piece and any(
        word in name
        for word in (b"KEY", b"TOKEN", b"SECRET", b"PASSW", b"DATABASE", b"AWS", b"CREDENTIAL", b"EXECUTOR", b"ISOLATION")
    ):
        holes.append(name.decode("ascii", "replace"))
print("HOLE: " + ", ".join(holes) if holes else "blocked")
