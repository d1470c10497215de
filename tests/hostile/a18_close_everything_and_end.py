# expect: status=ok|error|killed
# claim: A18 — every descriptor closed, then a normal end: an answer at once, no fault of the service
import os

os.closerange(0, 65536)
