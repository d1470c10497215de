import sys

sys.stdout = None
print("nowhere")
print("still fine", file=sys.stderr)
