import sqlite3

db = sqlite3.connect("school.db")
with db:
    db.execute("create table pupil (id integer primary key, name text not null unique, grade real)")
    db.executemany("insert into pupil (name, grade) values (?, ?)", [("Ada", 9.5), ("Bob", 6.0), ("Cy", None)])
for row in db.execute("select name, coalesce(grade, 0) from pupil order by grade desc"):
    print(row)
db.row_factory = sqlite3.Row
print(dict(db.execute("select count(*) as n, avg(grade) as mean from pupil").fetchone()))
db.close()
memory = sqlite3.connect(":memory:")
memory.create_function("double", 1, lambda x: 2 * x)
print(memory.execute("select double(21)").fetchone())
memory.execute("select * from nowhere")
