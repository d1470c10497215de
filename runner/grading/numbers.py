"""numpy's arrays and scalars as values; without numpy in the process nothing is one. Used on both sides."""

import sys

_MAX = 4 << 20


def write(value):
    """The written form of an array or scalar of numbers, or None."""
    numpy = sys.modules.get("numpy")
    if numpy is None or not type(value).__module__.startswith("numpy"):
        return None
    if not isinstance(value, (numpy.ndarray, numpy.generic)):
        return None
    if value.dtype.hasobject or value.dtype.names or value.nbytes > _MAX:
        return None
    is_scalar = isinstance(value, numpy.generic)
    return ["np", value.dtype.str, None if is_scalar else list(value.shape), value.tobytes().decode("latin-1")]


def read(item):
    """An array or scalar of numbers from its written form."""
    import numpy

    _, kind, shape, data = item
    dtype = numpy.dtype(kind)
    if dtype.hasobject:
        raise ValueError("an array of objects")
    values = numpy.frombuffer(data.encode("latin-1"), dtype=dtype)
    return values[0] if shape is None else values.reshape(shape).copy()
