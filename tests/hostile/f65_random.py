# expect: status=ok distinct=true
# claim: F65 — random numbers of every source differ between two runs
import os
import random
import secrets
import ssl
import tempfile
import uuid

print(random.random())
print(random.getrandbits(128))
print(random.Random().random())
print(random.SystemRandom().random())
print(uuid.uuid4())
print(uuid.uuid1())
print(secrets.token_hex())
print(os.urandom(16).hex())
print(os.getrandom(16).hex())
print(tempfile.mktemp(dir="."))
print(next(tempfile._get_candidate_names()))
print(ssl.RAND_bytes(16).hex())
print("".join(random.sample("abcdefghijklmnopqrstuvwxyz" * 2, 40)))
