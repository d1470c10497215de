file = open("main.py")
file = None
print("no ResourceWarning by default")
import warnings

warnings.simplefilter("always")
other = open("main.py")
other = None
