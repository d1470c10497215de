def play(n, start, goal, spare):
    """Makes the moves on real pegs; returns how many there were."""
    pegs = {start: list(range(n, 0, -1)), goal: [], spare: []}
    moves = list(hanoi(n, start, goal, spare))
    for here, there in moves:
        assert pegs[here], f"there is no disk on {here}"
        disk = pegs[here].pop()
        assert not pegs[there] or pegs[there][-1] > disk, f"a disk cannot go onto a smaller one ({here} to {there})"
        pegs[there].append(disk)
    assert len(pegs[goal]) == n, "not all disks are on the goal"
    return len(moves)


def test_no_disks():
    assert list(hanoi(0, "A", "C", "B")) == []


def test_one_disk():
    assert list(hanoi(1, "A", "C", "B")) == [("A", "C")]


def test_two_disks():
    assert list(hanoi(2, "A", "C", "B")) == [("A", "B"), ("A", "C"), ("B", "C")]


def test_three_disks_are_moved_as_the_rules_say():
    assert play(3, "A", "C", "B") == 7


def test_other_pegs():
    assert play(3, "left", "middle", "right") == 7


def test_eight_disks():
    assert play(8, "A", "C", "B") == 255
