# 28. unittest.SkipTest at import. No case passes.
# exercise: text; styles: all
import unittest

raise unittest.SkipTest("not today")
