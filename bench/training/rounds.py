"""A contender in Python: says when it is ready, then measures a round for every line that asks for one. See contender.ts."""

import json
import sys
import time

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

    shape = (-1, picture["height"], picture["width"], picture["channels"])
    return numpy.fromfile(path, numpy.uint8).reshape(shape)


def take_part(library, compiled, batch, ahead, train, read, multiply):
    """train() begins a step and read() of what it returns waits for the nats per picture before it; multiply() waits for a square product.

    Up to `ahead` steps are begun before the one before them is read: 0 is what a processor wants, 1 keeps another device at work.
    """
    started = time.perf_counter()
    losses = [read(train())]
    first = time.perf_counter() - started
    losses += [read(train()) for _ in range(LOSSES - 1)]
    multiply()
    answer(library=library, compileSeconds=first if compiled else None, losses=losses)
    for line in sys.stdin:
        read(train())
        steps = times_of_steps(train, read, ahead, float(line))
        multiply()
        products = times_of(multiply, 0, PRODUCTS)
        gflops = 2 * PRODUCT_SIZE**3 / median(products) / 1e9
        answer(imagesPerSecond=batch / median(steps), productGflops=gflops)


def times_of_steps(train, read, ahead, seconds):
    """Seconds from one read loss to the next, for so many seconds and one step at least."""
    waiting, times = [train() for _ in range(ahead)], []
    last = time.perf_counter()
    end = last + seconds
    while not times or last < end:
        waiting.append(train())
        read(waiting.pop(0))
        now = time.perf_counter()
        times.append(now - last)
        last = now
    for loss in waiting:
        read(loss)
    return times


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
