"""Timing in turn: every variant once in a round, so that what else the machine does falls on all of them alike."""

import time
from statistics import median


def interleave(variants, rounds, budget=60.0):
    """{name: [seconds]} of `variants` {name: function}, called in turn after one call of each that does not count.

    Ends early, at the end of a round, when `budget` seconds have passed and three rounds are done.
    """
    taken, begin = {name: [] for name in variants}, time.perf_counter()
    for call in variants.values():
        call()
    for number in range(rounds):
        for name, call in variants.items():
            start = time.perf_counter()
            call()
            taken[name].append(time.perf_counter() - start)
        if number >= 2 and time.perf_counter() - begin > budget:
            break
    return taken


def summary(seconds):
    """Median, the tenth and the ninetieth of a hundred, in ms."""
    rows = sorted(seconds)
    at = lambda share: rows[min(len(rows) - 1, int(len(rows) * share))]  # noqa: E731
    return {"median": median(rows) * 1e3, "p10": at(0.1) * 1e3, "p90": at(0.9) * 1e3, "rounds": len(rows)}


def ratios(taken, name, base):
    """The ratio of two variants in this run: of their medians."""
    return median(taken[name]) / median(taken[base])
