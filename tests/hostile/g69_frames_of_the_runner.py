# expect: status=ok|error|killed
# claim: G69 — a program that looks for the runner's frames and changes what it finds harms only itself
import gc
import sys

frame = sys._getframe()
while frame is not None:
    for name in list(frame.f_globals):
        if not name.startswith("__") and frame.f_globals is not globals():
            frame.f_globals[name] = None
    frame = frame.f_back
for thing in gc.get_objects():
    if type(thing) is dict and "__name__" in thing and str(thing.get("__name__")).split(".")[0] in ("runner", "cell", "zygote"):
        thing.clear()
print("end")
