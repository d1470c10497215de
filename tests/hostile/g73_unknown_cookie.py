# expect: status=syntax_error|error
# -*- coding: no-such-coding -*-
# claim: G73 — an unknown coding is an error of the program
print("HOLE")
