import sys

try:
    sys.exit(1)
finally:
    try:
        sys.exit(2)
    finally:
        sys.exit(7)
