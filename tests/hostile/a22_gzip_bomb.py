# expect: status=memory_limit|error
# claim: A22 — a gzip bomb of 1 GiB is stopped by the memory limit
import gzip

member = gzip.compress(bytes(16 * 2**20))
data = gzip.decompress(member * 64)
print("HOLE:", len(data))
