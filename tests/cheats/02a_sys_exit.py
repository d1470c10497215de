# 2. sys.exit(0) at import. No case passes.
# exercise: numbers; styles: all
import sys

print("OK")
sys.exit(0)
