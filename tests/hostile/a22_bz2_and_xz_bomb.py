# expect: status=memory_limit|error
# claim: A22 — a bz2 or xz bomb is stopped by the memory limit
import bz2
import lzma

try:
    print("HOLE:", len(lzma.decompress(lzma.compress(bytes(16 * 2**20), preset=0) * 64)))
finally:
    print("HOLE:", len(bz2.decompress(bz2.compress(bytes(4 * 2**20), 1) * 256)))
