import builtins
from unittest import mock

with mock.patch("builtins.input", side_effect=["3", "4"]):
    print(int(input()) + int(input()))
with mock.patch.object(builtins, "print") as fake:
    print("hidden", 1)
print(fake.call_args_list)
thing = mock.Mock(return_value=5)
print(thing(1, a=2), thing.called)
thing.assert_called_with(3)
