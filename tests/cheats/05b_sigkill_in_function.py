# 5. Kills itself in a call. No case passes.
# exercise: text; styles: all
import os
import signal


def shout(text):
    os.kill(os.getpid(), signal.SIGKILL)


vowels = initials = shout
