# 46. A syntax error. No case passes.
# exercise: text; styles: all
def shout(text:
    return "HEY!"
