# 5. abort() at import. No case passes.
# exercise: errors; styles: all
import os

os.abort()
