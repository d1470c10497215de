# expect: status=output_limit truncated=true contains=end
# claim: A14 — output written by a handler at exit is inside the limit
import atexit


def flood():
    while True:
        print("x" * 65536)


atexit.register(flood)
print("end", flush=True)
