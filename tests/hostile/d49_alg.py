# expect: status=ok output=blocked
# claim: D49 — AF_ALG, through which the kernel was broken, is refused at the first call
import errno
import socket

holes = []


def attempt(name, action, want=None):
    """What succeeds is a hole; so is an errno other than those wanted."""
    try:
        action()
    except OSError as error:
        if want and error.errno not in want:
            holes.append(f"{name} (wrong errno {errno.errorcode.get(error.errno, error.errno)})")
    else:
        holes.append(name)


for kind, name in (("hash", "sha256"), ("skcipher", "cbc(aes)"), ("aead", "gcm(aes)"), ("rng", "stdrng")):

    def use():
        with socket.socket(38, socket.SOCK_SEQPACKET, 0) as algorithm:
            algorithm.bind((kind, name))

    attempt(f"{kind} {name}", use, (errno.EPERM, errno.EACCES, errno.EAFNOSUPPORT))
print("HOLE: " + ", ".join(holes) if holes else "blocked")
