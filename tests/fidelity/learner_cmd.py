# stdin: greet Ada\nunknown\nquit\n
import cmd


class Shell(cmd.Cmd):
    prompt = "> "
    intro = "Welcome."

    def do_greet(self, name):
        print("Hello,", name)

    def do_quit(self, rest):
        return True


Shell().cmdloop()
