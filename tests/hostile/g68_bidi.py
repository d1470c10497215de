# expect: status=ok output=end
# claim: G68 — a hundred thousand marks that turn the direction of text: the answer is valid JSON
print("\u202e" * 100_000)
print("\u2066\u2067\u2068\u202a\u202b\u202d\u200b\ufeff\u2028\u2029\x85" * 100)
print("a" + "\u0301" * 10_000)
print("end")
