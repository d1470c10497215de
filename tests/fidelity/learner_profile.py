import cProfile
import io
import pstats
import timeit
import trace

print(timeit.timeit("1 + 1", number=10) >= 0)
profile = cProfile.Profile()
profile.enable()
sum(range(10))
profile.disable()
out = io.StringIO()
pstats.Stats(profile, stream=out).print_stats(0)
print("function calls" in out.getvalue())
tracer = trace.Trace(count=1, trace=0)
tracer.runfunc(lambda: None)
print(type(tracer.results()).__name__)
