import calendar
import datetime
import time

print(time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(0)), time.gmtime(86400).tm_yday)
print(datetime.datetime(2024, 2, 29, 12, tzinfo=datetime.timezone.utc).isoformat(), datetime.date(2024, 3, 1) - datetime.timedelta(1))
print(calendar.timegm(time.strptime("2024-07-01", "%Y-%m-%d")), time.time() > 1.6e9, time.monotonic() > 0, time.perf_counter() > 0)
print(datetime.datetime.strptime("29/02/2024", "%d/%m/%Y").strftime("%A %d %B %Y"), datetime.date.fromisoformat("2024-12-31").isocalendar()[1])
datetime.date(2023, 2, 29)
