import os
import sys

name = os.fsdecode(b"\xff\xfe name")
print(ascii(name))
print(name)
sys.stdout.flush()
with open(name, "w") as file:
    file.write("x")
print([os.fsencode(entry) for entry in sorted(os.listdir(".")) if entry != "main.py"])
