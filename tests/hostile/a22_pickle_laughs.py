# expect: status=memory_limit|error|timeout
# claim: A22 — a pickle whose copies double at each level is stopped
import pickle

deep = ["ha"]
for _ in range(40):
    deep = [deep, deep]
small = pickle.dumps(deep)
print(len(repr(pickle.loads(small))))
