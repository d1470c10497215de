# 19. Containers that contain everything. No case passes.
# exercise: text; styles: all
class Everything:
    def __contains__(self, item):
        return True

    def __len__(self):
        return 10**6

    def __getattr__(self, name):
        return lambda *args: Everything()


def shout(text):
    return Everything()


vowels = initials = shout
