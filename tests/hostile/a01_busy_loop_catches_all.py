# expect: status=timeout limits.timeoutMs=1000
# claim: A1 — a loop that catches every exception ends at the time limit all the same
while True:
    try:
        while True:
            pass
    except BaseException:
        continue
    finally:
        pass
