def hanoi(n, start, goal, spare):
    """Returns the moves that bring n disks from one peg to another."""
