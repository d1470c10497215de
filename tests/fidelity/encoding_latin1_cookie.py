# -*- coding: latin-1 -*-
print("é", len("é"), ascii("ü"))
print(open("main.py", "rb").read().count(b"\xc3"))
