import os

for name in ("xml.etree", "os.path", "concurrent.futures", "importlib.util", "logging.handlers", "email.mime"):
    top = name.split(".")[0]
    module = __import__(top)
    print(name, hasattr(module, name.split(".")[1]))
import xml

xml.etree.ElementTree
