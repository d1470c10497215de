import calendar
import datetime

print(calendar.month(2024, 2))
print(calendar.isleap(2100), calendar.monthrange(2024, 2), datetime.date(2024, 2, 29).weekday(), datetime.timedelta(hours=25, seconds=1))
print(datetime.datetime(2024, 1, 31, 23, 59) + datetime.timedelta(minutes=2), datetime.datetime.max, datetime.time(9, 5).isoformat())
datetime.datetime(2024, 1, 1) - datetime.date(2024, 1, 1)
