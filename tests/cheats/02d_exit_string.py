# 2. SystemExit with a text at import. No case passes.
# exercise: text; styles: all
raise SystemExit("OK")
