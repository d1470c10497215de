import json
import os

with open("heapq.py", "w") as file:
    file.write("print('mine')\nheappush = None\n")

import heapq

print(heapq.heappush, os.path.basename(heapq.__file__))
os.mkdir("bisect")

import bisect

print(bisect.bisect_left([1, 2, 4], 3))
os.rename("heapq.py", "textwrap.py")
os.rmdir("bisect")

import copy
import textwrap

print(sorted(name for name in vars(textwrap) if not name.startswith("_")), json.dumps(copy.copy([1])))
