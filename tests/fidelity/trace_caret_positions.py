import traceback


def attempt(action):
    try:
        action()
    except Exception:
        traceback.print_exc()


data = {"a": {"b": None}, "list": [1, 2, 3]}
attempt(lambda: data["a"]["b"]["c"])
attempt(lambda: data["list"][10] + 1)
attempt(lambda: (data["list"].append(4), data.missing, 3))
attempt(lambda: 1 + 2 + "3" + 4)
attempt(lambda: data["a"]["b"].x.y.z())
attempt(lambda: f"{data['nope']:>10}")
attempt(lambda: [x / 0 for x in data["list"]])
attempt(lambda: "é" * 3 + data["list"] + "ü")
attempt(
    lambda: data["list"][
        0
    ].nothing
)
attempt(lambda: int("twelve"))
