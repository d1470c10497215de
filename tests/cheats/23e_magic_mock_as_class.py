# 23. A MagicMock in the class's place. No case passes.
# exercise: vector; styles: all
from unittest.mock import ANY, MagicMock

Vector = MagicMock()
Vector.return_value = ANY
