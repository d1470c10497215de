import this
import __hello__

print(this.c, len(this.s))
