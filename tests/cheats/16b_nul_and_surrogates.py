# 16. NUL, lone surrogates and characters that turn the text. No case passes.
# exercise: text; styles: all
def shout(text):
    print("\x00\u202eKO\ufeff")
    return "HE\x00Y!"


def vowels(text):
    return "\udc80\ud800"


def initials(name):
    return "A\u200bL\u202e"
