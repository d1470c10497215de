data = bytearray(b"hello")
view = memoryview(data)
view[0] = ord("J")
print(data, view[1:3].tobytes(), data.hex(), bytes.fromhex("48 69"), b"%d-%s" % (1, b"x"), int.from_bytes(b"\x01\x00", "big"))
import array

print(array.array("i", [1, 2, 3]), array.array("d", [0.5]).tobytes())
data.append(300)
