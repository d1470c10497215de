import starter


def test_greet(monkeypatch, capsys):
    monkeypatch.setattr("builtins.input", lambda prompt="": "Ada")
    starter.greet()
    assert capsys.readouterr().out == "Hello, Ada!\n"


def test_total(monkeypatch, capsys):
    lines = iter(["1", "2", ""])
    monkeypatch.setattr("builtins.input", lambda prompt="": next(lines))
    starter.total()
    assert "Total: 3" in capsys.readouterr().out
