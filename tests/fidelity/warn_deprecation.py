import warnings

warnings.warn("old in main", DeprecationWarning)
warnings.warn("a plain warning")
warnings.warn("pending", PendingDeprecationWarning)
warnings.warn("future", FutureWarning)
for _ in range(3):
    warnings.warn("once per line")
