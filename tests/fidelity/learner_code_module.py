# stdin: 1 + 1\nx = 5\nx * 2\n1 / 0\nprint('bye')\n
import code

code.interact(banner="banner", exitmsg="the end", local={})
