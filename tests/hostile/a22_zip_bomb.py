# expect: status=memory_limit|error
# claim: A22 — a zip bomb is stopped by the memory limit
import io
import struct
import zipfile
import zlib

packer = zlib.compressobj(9, zlib.DEFLATED, -15)
block = packer.compress(bytes(16 * 2**20)) + packer.flush(zlib.Z_FULL_FLUSH)
data = block * 200 + b"\x03\x00"
size = 200 * 16 * 2**20
name = b"bomb"
common = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 33, 0, len(data), size, len(name), 0)
local = b"PK\x03\x04" + common + name
central = b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local) + len(data), 0)
with zipfile.ZipFile(io.BytesIO(local + data + central + end)) as archive:
    print("HOLE:", len(archive.read("bomb")))
