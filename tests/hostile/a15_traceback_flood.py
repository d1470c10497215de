# expect: status=error|output_limit|memory_limit
# claim: A15 — a message of 20 MB in an uncaught exception is cut
raise ValueError("x" * (20 * 2**20))
