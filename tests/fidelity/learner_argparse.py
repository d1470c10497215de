# args: --count 3 name --unknown
import argparse

parser = argparse.ArgumentParser(description="Greets.")
parser.add_argument("name")
parser.add_argument("--count", type=int, default=1, help="how often")
print("parsing")
parser.parse_args()
