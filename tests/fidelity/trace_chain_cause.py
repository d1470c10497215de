class ConfigError(Exception):
    pass


def load(text):
    try:
        return int(text)
    except ValueError as error:
        raise ConfigError(f"cannot read {text!r}") from error


load("many")
