# expect: status=timeout limits.timeoutMs=1000
# claim: A20 — an endless loop wholly inside C is stopped
import collections
import itertools

collections.deque(itertools.repeat(0), maxlen=0)
