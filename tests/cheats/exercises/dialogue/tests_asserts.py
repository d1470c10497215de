import contextlib
import io
from unittest.mock import patch


def said(function, *lines):
    out = io.StringIO()
    with patch("builtins.input", side_effect=lines), contextlib.redirect_stdout(out):
        function()
    return out.getvalue()


assert said(starter.greet, "Ada") == "Hello, Ada!\n"
assert said(total, "1", "2", "") == "Total: 3\n"
assert "Hello, Bob!" in said(greet, "Bob")
