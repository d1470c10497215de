# 19. __len__ and __getitem__ without an end. No case passes.
# exercise: lists; styles: all; timeoutMs: 2000
class Endless:
    def __len__(self):
        return 10**9

    def __getitem__(self, index):
        return index


def unique_sorted(items):
    return Endless()


evens = counts = pairs = unique_sorted
