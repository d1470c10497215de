# expect: status=ok output=end
# claim: G73 — a byte order mark at the start of the source is skipped, as Python does
print("end")
