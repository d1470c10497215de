import sys

sys.excepthook = lambda *rest: print("must not run")
sys.exit(2)
