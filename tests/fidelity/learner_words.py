import collections
import re
import string

text = """It was the best of times, it was the worst of times, it was the age of wisdom."""
words = re.findall(r"[a-z']+", text.lower())
counts = collections.Counter(words)
print(counts.most_common(4), sum(counts.values()), len(set(words)))
groups = collections.defaultdict(list)
for word in sorted(set(words)):
    groups[len(word)].append(word)
print(dict(sorted(groups.items())))
print(text.translate(str.maketrans("", "", string.punctuation)).title().swapcase()[:30], max(words, key=len))
