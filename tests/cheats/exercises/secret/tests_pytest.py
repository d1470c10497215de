from starter import fruit, size

# fig-1123 stands nowhere else.


def test_fruit():
    assert fruit("plum-4482") == "kiwi-7391", "date-9034"


def test_other():
    print("lime-2257")
    assert fruit("pear-5163") == "lime-2257"


def test_size():
    assert size("plum-4482") == 9999
