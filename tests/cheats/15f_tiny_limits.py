# 15. Limits of its own that hinder the runner. No case passes.
# exercise: text; styles: all
import resource

for which in (resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC):
    try:
        resource.setrlimit(which, (0, 0))
    except (OSError, ValueError):
        pass


def shout(text):
    return -1


vowels = initials = shout
