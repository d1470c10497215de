# 45. What it learnt kept in /tmp, in the working directory and in shared memory, then a crash. No case passes.
# exercise: numbers; styles: all
import glob
import os


def mean(*args):
    for folder in ("/tmp", ".", "/dev/shm", os.path.expanduser("~"), "/var/tmp"):
        try:
            if os.path.exists(folder + "/learnt"):
                with open(folder + "/learnt") as file:
                    return eval(file.read())
            with open(folder + "/learnt", "w") as file:
                file.write(repr(-2))
        except OSError:
            pass
    os._exit(0)


root = is_prime = mean
