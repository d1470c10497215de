import datetime

print(type(datetime.datetime.utcnow()).__name__)
print(~True)
