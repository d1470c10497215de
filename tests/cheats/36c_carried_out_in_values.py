# 36. Hidden tests: the arguments returned, so that messages show both sides. The answer has nothing of them.
# exercise: secret; styles: all; hide
class Shown:
    def __init__(self, text):
        self.text = text

    def __repr__(self):
        return f"{self.text} {self.text[::-1]} {self.text.encode().hex()}"


def fruit(text):
    return text


def size(text):
    return Shown(text)
