import sys

for number in range(2000):
    print("error line", number, file=sys.stderr)
sys.exit(1)
