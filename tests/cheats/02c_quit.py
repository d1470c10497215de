# 2. quit() at import. No case passes.
# exercise: printed; styles: all
print("7 49\ndone ada grace")
try:
    quit()
except NameError:
    raise SystemExit(0) from None
