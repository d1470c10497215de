# 19. An object that has every attribute. No case passes.
# exercise: text; styles: all
class Everything(str):
    def __getattribute__(self, name):
        return lambda *args: Everything("yes")


def shout(text):
    return Everything("no")


vowels = initials = shout
