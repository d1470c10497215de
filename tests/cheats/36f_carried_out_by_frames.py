# 36. Hidden tests: what the frames and their sources show. The answer has nothing of them.
# exercise: secret; styles: all; hide
import sys
import traceback


def fruit(text):
    frame = sys._getframe()
    while frame:
        print(frame.f_locals, frame.f_code.co_consts)
        frame = frame.f_back
    traceback.print_stack()
    traceback.print_stack(file=sys.stdout)
    raise Exception(str(traceback.extract_stack()))


size = fruit
