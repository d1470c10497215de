import sys

sys.excepthook = None
raise ValueError("the hook cannot be called")
