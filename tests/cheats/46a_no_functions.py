# 46. Nothing of what the tests want. No case passes.
# exercise: numbers; styles: all
print("OK")
