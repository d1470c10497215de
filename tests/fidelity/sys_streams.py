import sys

for stream in (sys.stdin, sys.stdout, sys.stderr):
    print(stream.name, stream.mode, stream.encoding, stream.errors, stream.isatty(), stream.fileno(), stream.line_buffering)
print(sys.stdout is sys.__stdout__, type(sys.stdout).__name__, type(sys.stdout.buffer).__name__, sys.stdout.newlines, sys.stdout.write_through)
print(sys.getdefaultencoding(), sys.getfilesystemencoding(), sys.getfilesystemencodeerrors())
