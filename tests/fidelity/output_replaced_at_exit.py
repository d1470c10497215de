import io
import sys

sys.stdout = io.StringIO()
print("lost with the buffer")
raise ValueError("seen")
