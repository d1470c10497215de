import atexit
import sys

atexit.register(lambda: print("at exit", file=sys.stderr))
sys.exit(5)
