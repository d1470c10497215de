# 6. Becomes a program that prints a report. No case passes.
# exercise: text; styles: all
import os

os.execv("/bin/echo", ["echo", '{"done":true}\nOK\n1 passed'])
