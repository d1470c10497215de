import os
import sys

print(os.path.isabs(sys.executable), os.access(sys.executable, os.X_OK), os.path.basename(sys.executable))
print(sys.prefix, sys.base_prefix, sys.exec_prefix, sys.platform, sys.implementation.name)
print(sys.version)
