import os
import sys

sys.stdout.flush()
reader, writer = os.pipe()
pid = os.fork()
if pid == 0:
    os.write(writer, b"from the child")
    os._exit(5)
os.close(writer)
print(os.read(reader, 100), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
