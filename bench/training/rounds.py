"""A contender in Python: says when it is ready, then measures a round for every line that asks for one. See contender.ts."""

import json
import sys
import time

BATCH = 16
PRODUCT_SIZE = 2048
LOSSES, PRODUCTS = 3, 3
# The rule of every contender, as in task.ts.
RATE, BETA1, BETA2, EPSILON, CLIP, AVERAGE = 1e-3, 0.9, 0.99, 1e-8, 1.0, 0.99


def average_share(step):
    """What the moving average takes of the weights at a step, from 1."""
    return 1 - min(AVERAGE, (1 + step) / (10 + step))


def read_levels(path, picture):
    """[B, H, W, C], a byte a level."""
    import numpy

    shape = (BATCH, picture["height"], picture["width"], picture["channels"])
    return numpy.fromfile(path, numpy.uint8).reshape(shape)


def take_part(library, compiled, train, multiply):
    """train() is one step and returns the nats per picture before it; multiply() is a square product. Both wait until it is computed."""
    started = time.perf_counter()
    losses = [train()]
    first = time.perf_counter() - started
    losses += [train() for _ in range(LOSSES - 1)]
    multiply()
    answer(library=library, compileSeconds=first if compiled else None, losses=losses)
    for line in sys.stdin:
        train()
        steps = times_of(train, float(line), 1)
        multiply()
        products = times_of(multiply, 0, PRODUCTS)
        gflops = 2 * PRODUCT_SIZE**3 / median(products) / 1e9
        answer(imagesPerSecond=BATCH / median(steps), productGflops=gflops)


def answer(**line):
    print(json.dumps(line), flush=True)


def times_of(call, seconds, calls):
    """Seconds of each call, for so many seconds and calls at least."""
    times, end = [], time.perf_counter() + seconds
    while not times or time.perf_counter() < end or len(times) < calls:
        started = time.perf_counter()
        call()
        times.append(time.perf_counter() - started)
    return times


def median(numbers):
    return sorted(numbers)[len(numbers) // 2]
