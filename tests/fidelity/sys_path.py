import os
import sys

print(os.path.basename(sys.path[0]) == os.path.basename(os.getcwd()), sys.path[0] == os.getcwd(), sys.path[0] == os.path.dirname(__file__))
print(all(type(entry) is str for entry in sys.path), "" in sys.path, len(sys.path) == len(set(sys.path)))
print(sys.path)
