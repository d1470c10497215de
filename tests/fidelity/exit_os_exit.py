import os

print("lost when standard output is a pipe")
os._exit(4)
