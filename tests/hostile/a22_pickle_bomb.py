# expect: status=memory_limit|error
# claim: A22 — a pickle that asks for 10 GB is stopped
import pickle

data = pickle.loads(b"cbuiltins\nbytearray\n(I10000000000\ntR.")
print("HOLE:", len(data))
