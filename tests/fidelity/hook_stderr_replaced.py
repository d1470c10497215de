import io
import sys

sys.stderr = io.StringIO()


class Echo(io.StringIO):
    def write(self, text):
        return sys.stdout.write(text)


sys.stderr = Echo()
raise ValueError("on standard output")
