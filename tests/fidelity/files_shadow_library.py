# timeout: 10000
import subprocess
import sys

open("statistics.py", "w").write("mean = lambda values: 'shadowed'\n")
open("random.py", "w").write("choice = lambda values: 'shadowed'\n")
import statistics
import random

print(statistics.mean([1, 2]), random.choice([1]))
