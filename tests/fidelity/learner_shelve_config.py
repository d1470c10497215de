import configparser
import dbm.dumb
import os
import pickle
import shelve

with shelve.Shelf(dbm.dumb.open("store")) as store:
    store["a"] = [1, {"b": 2}]
with shelve.Shelf(dbm.dumb.open("store")) as store:
    print(dict(store), sorted(os.listdir(".")))
config = configparser.ConfigParser()
config.read_string("[part]\nname = Ada\nsize = 3\n[other]\nx = %(y)s\ny = 1\n")
print(config["part"].getint("size"), config.sections(), config["other"]["x"])
print(pickle.loads(pickle.dumps({"a": (1, 2.5, None, b"x", {1})})))
config["missing"]
