"""The same measurement as in Timing.java."""

import statistics
import time

BLOCK = 0.02


def microseconds(warm_up, seconds, work):
    for share in 0.8, 0.2:
        start = time.perf_counter()
        runs = 0
        while runs == 0 or time.perf_counter() - start < warm_up * share:
            work()
            runs += 1
        elapsed = time.perf_counter() - start
    per_block = max(1, round(runs * BLOCK / elapsed))
    times = []
    start = time.perf_counter()
    while len(times) < 5 or time.perf_counter() - start < seconds:
        begin = time.perf_counter()
        for _ in range(per_block):
            work()
        times.append((time.perf_counter() - begin) / per_block * 1e6)
    return statistics.median(times)
