import contextvars

user = contextvars.ContextVar("user", default="nobody")
token = user.set("ada")
context = contextvars.copy_context()
user.reset(token)
print(user.get(), context[user], context.run(user.get), len(contextvars.copy_context()))
