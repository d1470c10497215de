# 2. raise SystemExit at import. No case passes.
# exercise: errors; styles: all
raise SystemExit
