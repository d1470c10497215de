# status: tests_failed
# fails: test_two_disks, test_three_disks_are_moved_as_the_rules_say, test_other_pegs, test_eight_disks
def hanoi(n, start, goal, spare):
    if n == 0:
        return []
    return hanoi(n - 1, start, goal, spare) + [(start, goal)] + hanoi(n - 1, start, goal, spare)
