# 3. Leaves instead of asking. No case passes.
# exercise: dialogue; styles: all
def greet():
    exit_ = SystemExit()
    raise exit_


def total():
    raise SystemExit(0)
