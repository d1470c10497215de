# 28. pytest.skip for the module, at import. No case passes.
# exercise: text; styles: pytest
import pytest

pytest.skip("not today", allow_module_level=True)
