# 9. GeneratorExit, in a call and in a generator. No case passes.
# exercise: stream; styles: all
def countdown(*args):
    raise GeneratorExit
    yield


def fibonacci(*args):
    raise GeneratorExit


running = countdown
