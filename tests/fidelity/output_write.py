import os
import sys

print(sys.stdout.write("abc\n"))
sys.stdout.writelines(["a\n", "b\n"])
print("no newline", end="")
print()
print("a", "b", sep="", end="\n\n")
print(*range(5), sep=", ", flush=True)
sys.stdout.buffer.write(b"bytes \xc3\xa9\n")
sys.stdout.flush()
os.write(1, b"raw\n")
sys.stdout.buffer.raw.write(b"rawer\n")
print("end", end="")
