# 28. importorskip of what does not exist. No case passes.
# exercise: lists; styles: pytest
import pytest


def unique_sorted(items):
    pytest.importorskip("no_such_module")


evens = counts = pairs = unique_sorted
