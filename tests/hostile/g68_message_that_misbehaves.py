# expect: status=error|timeout limits.timeoutMs=1000
# claim: G68 — an exception whose text never ends or exits does not hold the report up
class Sly(Exception):
    def __str__(self):
        while True:
            pass

    def __getattribute__(self, name):
        if name in ("__notes__", "args", "__cause__"):
            raise SystemExit(0)
        return super().__getattribute__(name)


raise Sly()
