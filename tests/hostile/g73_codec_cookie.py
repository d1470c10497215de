# expect: status=syntax_error|error|ok
# -*- coding: unicode_escape -*-
# claim: G73 — a coding that transforms the source does so inside the sandbox
print("hidden")\nimport os\nos.abort
