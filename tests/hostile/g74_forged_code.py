# expect: status=killed|error|timeout limits.timeoutMs=1000
# claim: G74 — a forged code object is a signal or an exception, never a fault of the service
def f(a):
    return a


code = f.__code__
for content in (bytes([100, 255, 83, 0]), bytes([124, 200, 83, 0]), b"\xff" * 64, b"\x01\0" * 32, bytes(range(256))):
    try:
        forged = code.replace(co_code=content, co_stacksize=1)
        f.__code__ = forged
        print(f(1))
    except Exception as error:
        print(type(error).__name__)
raise SystemExit("survived")
