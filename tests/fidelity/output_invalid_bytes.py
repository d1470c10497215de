import sys

sys.stdout.buffer.write(b"\xff\xfe ok \x80\n")
sys.stderr.buffer.write(b"\xff error\n")
