# status: tests_failed
# fails: test_other_pegs
def hanoi(n, start, goal, spare):
    if n == 0:
        return []
    other = ({"A", "B", "C"} - {start, goal}).pop()
    return hanoi(n - 1, start, other, goal) + [(start, goal)] + hanoi(n - 1, other, goal, start)
