# 26. open, exec, eval, compile and __import__ patched. No case passes.
# exercise: text; styles: all
import builtins

for name in ("open", "exec", "eval", "compile"):
    setattr(builtins, name, lambda *args, **kwargs: None)
builtins.__build_class__ = lambda *args, **kwargs: None


def shout(text):
    return -1


vowels = initials = shout
