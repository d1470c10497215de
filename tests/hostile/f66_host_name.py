# expect: status=ok lacks=@hostname level=namespaces
# claim: F66 — the host's name is not seen
import os
import platform
import socket

print(socket.gethostname())
print(os.uname().nodename)
print(platform.node())
print(platform.uname())
