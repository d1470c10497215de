# expect: status=ok output=4
# -*- coding: latin-1 -*-
# claim: G73 — a coding cookie is obeyed: each byte of the UTF-8 text is a character
print(len("éé"))
