# 23. MagicMock with every operation. No case passes.
# exercise: numbers; styles: all
from unittest.mock import MagicMock


def mean(*args):
    mock = MagicMock()
    mock.__eq__.side_effect = lambda other: True
    mock.__lt__.return_value = mock.__gt__.return_value = True
    mock.__sub__.return_value = mock.__rsub__.return_value = mock
    mock.__abs__.return_value = mock
    mock.__round__.return_value = mock
    return mock


root = is_prime = mean
