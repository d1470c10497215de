# expect: status=ok output=done collect=* collected=any
# claim: C38 — a working directory renamed or replaced by a link sends the cleaner nowhere else
import os

here = os.getcwd()
for action in (
    lambda: os.rename(here, here + ".old"),
    lambda: os.symlink("/usr", here),
    lambda: os.rmdir(here),
    lambda: os.rename(os.path.dirname(here), os.path.dirname(here) + ".old"),
    lambda: os.chmod(os.path.dirname(here), 0),
):
    try:
        action()
        print("went through")
    except OSError:
        pass
print("done")
