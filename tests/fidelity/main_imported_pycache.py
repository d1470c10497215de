import os

import main

print(__name__, sorted(os.listdir(".")))
