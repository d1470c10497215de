# expect: status=ok output=blocked level=namespaces
# claim: F66 — the host's users and groups are not seen
import grp
import pwd

strange = {user.pw_name for user in pwd.getpwall()} - {"learner", "root", "nobody"}
strange |= {group.gr_name for group in grp.getgrall()} - {"learner", "root", "nogroup", "nobody", "users"}
print("HOLE: " + ", ".join(sorted(strange)) if strange else "blocked")
