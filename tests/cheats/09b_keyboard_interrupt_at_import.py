# 9. KeyboardInterrupt at import. No case passes.
# exercise: numbers; styles: all
raise KeyboardInterrupt
