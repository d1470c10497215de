import sys

sys.stdout.reconfigure(encoding="latin-1", errors="replace", line_buffering=True)
print("é ☃", sys.stdout.encoding, sys.stdout.errors, sys.stdout.line_buffering)
sys.stdout.reconfigure(encoding="utf-8", newline="\r\n")
print("é ☃")
