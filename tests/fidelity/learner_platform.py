import os
import platform

print(platform.python_implementation(), platform.python_version() == ".".join(map(str, __import__("sys").version_info[:3])), os.cpu_count() > 0)
print(os.path.join("a", "..", "b"), os.path.normpath("a/../b"), os.path.splitext("x.tar.gz"), os.path.abspath("x") == os.path.join(os.getcwd(), "x"))
print(os.get_terminal_size.__name__, __import__("shutil").get_terminal_size())
os.get_terminal_size()
