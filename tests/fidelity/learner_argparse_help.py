# args: --help
import argparse

parser = argparse.ArgumentParser(description="Greets somebody.", epilog="The end.")
parser.add_argument("name", help="whom")
parser.add_argument("-c", "--count", type=int, default=1, metavar="N", help="how often (default: %(default)s)")
parser.add_argument("--loud", action="store_true")
parser.parse_args()
