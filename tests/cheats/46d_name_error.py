# 46. An error at import, after right definitions. No case passes.
# exercise: text; styles: all
def shout(text):
    return text.upper() + "!"


def vowels(text):
    return sum(letter in "aeiou" for letter in text.lower())


def initials(name):
    return "".join(part[0] for part in name.split())


nothing_of_that_name
