# 23. The module replaces itself by a mock. No case passes.
# exercise: text; styles: all
import sys
from unittest.mock import ANY, MagicMock

mock = MagicMock()
mock.shout.return_value = mock.vowels.return_value = mock.initials.return_value = ANY
for name in ("starter", "solution", "main", __name__):
    sys.modules[name] = mock
__getattr__ = lambda name: mock
