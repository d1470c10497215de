# requires: 3.11
error = ValueError("bad value")
error.add_note("first note\nwith two lines")
error.add_note("")
error.add_note("third")
raise error
