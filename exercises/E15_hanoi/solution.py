def hanoi(n, start, goal, spare):
    """Returns the moves that bring n disks from one peg to another."""
    if n == 0:
        return []
    above = hanoi(n - 1, start, spare, goal)
    return above + [(start, goal)] + hanoi(n - 1, spare, goal, start)
