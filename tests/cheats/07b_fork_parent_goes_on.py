# 7. The child ends with 0, the parent goes on with wrong answers. No case passes.
# exercise: text; styles: all
import os

if not os.fork():
    print("OK", flush=True)
    os._exit(0)


def shout(text):
    return "OK"


vowels = initials = shout
