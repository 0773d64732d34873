"""Recomputes the figures of content/lifecycle.md. Run: python3 tests/content/lifecycle.py"""
import math
import random
import subprocess
import sys
from statistics import NormalDist

from lib.chapter import Chapter

CHAPTER = Chapter("lifecycle")
TEXT, near, said = CHAPTER.text, CHAPTER.within, CHAPTER.says
Z = NormalDist()
DAY = 10 * 16 * 3600                      # decisions per line and day


def cost(recall, false, base=0.04, miss=0.60, reject=0.12):
    return base * (1 - recall) * miss + (1 - base) * false * reject


def wilson(k, n, z=1.96):
    p, d = k / n, 1 + z * z / n
    centre = (p + z * z / (2 * n)) / d
    half = z / d * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return centre - half, centre + half


def binom_tail(k, n, p):                  # P(X >= k)
    log = lambda i: (math.lgamma(n + 1) - math.lgamma(i + 1) - math.lgamma(n - i + 1)
                     + i * math.log(p) + (n - i) * math.log(1 - p))
    return 1 - sum(math.exp(log(i)) for i in range(k))


def poisson_cdf(k, mean):
    return sum(math.exp(-mean + i * math.log(mean) - math.lgamma(i + 1)) for i in range(k + 1))


def bisect(f, low, high):
    for _ in range(100):
        mid = (low + high) / 2
        low, high = (mid, high) if f(mid) > 0 else (low, mid)
    return low


def framing():
    assert DAY == 576_000
    near(0.15 * 0.80, 0.12, 1e-12)        # a good apple ejected
    near(553_000 / 922_000, 0.60, 0.001)  # a bad apple passed
    for r, f, dollars in ((0, 0, 13824), (.7, .04, 6801), (.8, .03, 4755), (.92, .015, 2101)):
        near(DAY * cost(r, f), dollars, 0.5)
    wages = 6 * 16 * 18
    assert wages == 1728
    sorters, model = DAY * cost(.8, .03) + wages, DAY * cost(.92, .015)
    near(sorters, 6483, 0.5)
    near(6801 / sorters, 1.05, 0.005)
    near(sorters - model, 4382, 0.5)
    near(1 - (sorters / DAY - .96 * .015 * .12) / (.04 * .60), 0.603, 5e-4)
    near(.12 / .72, 1 / 6, 1e-12)


def evaluation():
    low, high = wilson(368, 400)
    near(low, .889, 5e-4), near(high, .943, 5e-4)
    _, false_high = wilson(144, 9600)
    near(DAY * cost(low, false_high), 2701, 1.5)
    enough = next(n for n in range(25, 5000, 25) if wilson(round(.92 * n), n)[0] > .90)
    assert enough == 875
    near(1.96 ** 2 * .92 * .08 / .01 ** 2, 2828, 1)
    near(2828 / .04, 70_700, 1)
    low, high = wilson(18, 20)
    near(low, .70, .005), near(high, .97, .005)
    near(1 - .95 ** 20, .64, .005)
    deff = 1 + 9 * .2
    near(deff, 2.8, 1e-9), near(400 / deff, 143, .5)
    near(1.96 * math.sqrt(.92 * .08 / 400), .027, 5e-4)
    near(1.96 * math.sqrt(.92 * .08 / 143), .044, 5e-4)


def lineage_and_contracts():
    near(120_000 * 60e3 / 1e9, 7.2, 1e-9), near(2_000 * 60e3 / 1e9, .12, 1e-9)
    skewed = DAY * cost(.84, 0)
    near(skewed, 2212, .5), near(skewed / 2101.2, 1.05, .005)
    near(.96 * .015 / (.04 * .08), 4.5, 1e-9), near(4.5 * .12, .54, 1e-9)   # saved per extra miss
    near(.04 * .92 + .96 * .015, .0512, 1e-9), near(.04 * .84, .0336, 1e-9)


def shipping():
    assert 4 * 24 == 96 and 4 * 9 == 36
    late = lambda work: sum(70 + work + max(0, 200 - i * (100 - work)) > 300 for i in range(60))
    assert 200 / (100 - 96) == 50 and late(96) in (16, 17) and late(36) == 1
    assert math.ceil(200 / (100 - 36)) == 4
    near(2 * sum(math.comb(8, i) for i in range(4)) / 2 ** 8, .73, .005)   # McNemar, 5 against 3
    z = Z.inv_cdf(.975) + Z.inv_cdf(.8)
    near(z * z, 7.85, .005)
    p1, p2 = .04 * .08, .04 * .06
    near(p1, .0032, 1e-9), near(p2, .0024, 1e-9)
    d = p1 - p2
    near(p1 * (1 - p1), .003190, 1e-6), near(p2 * (1 - p2), .002394, 1e-6)
    arm = z * z * (p1 * (1 - p1) + p2 * (1 - p2)) / d ** 2
    near(arm, 68_500, 50), near(arm / 14_400, 4.8, .05), near(2 * arm, 137_000, 500)
    near(16 * p1 * (1 - p1) / d ** 2, 79_700, 60)
    one = z * z * (p2 * (1 - p2) + p1 * (1 - p1) / 11) / d ** 2
    near(one, 32_900, 50), near(one / 2400, 13.7, .05)
    psi = .0012
    pair = (Z.inv_cdf(.975) * math.sqrt(psi) + Z.inv_cdf(.8) * math.sqrt(psi - d * d)) ** 2 / d ** 2
    near(pair, 14_700, 50), near(pair / 28_800, .5, .02), near(2 * arm / pair, 9.3, .05)
    near(2400 * p1, 7.7, .05), near(4800 * p1, 15, .5)
    for n, limit, false, power in ((2400, 13, .049, .76), (4800, 23, .040, .94)):
        near(binom_tail(limit, n, p1), false, 6e-4), near(binom_tail(limit, n, 2 * p1), power, .005)
        assert binom_tail(limit - 1, n, p1) > .05
    near(3000 * .0512, 154, .5), near(3000 * .0336, 101, .5)
    near((.0512 - .0336) / math.sqrt(.0512 * .9488 / 3000), 4.4, .05)
    near(101 / 3000, .034, 5e-4)


def canary(p, seed, days=7, n=2400):      # the canary figure and the opening scene
    rng, k, out = random.Random(seed), 0, []
    for d in range(1, days + 1):
        k += sum(rng.random() < p for _ in range(n))
        out.append((k, wilson(k, d * n)))
    return out


def canary_figure():
    broken, healthy = canary(.0064, 1), canary(.0032, 105)
    assert broken[1][0] == 32             # "32 bad apples in 4,800"
    assert broken[0][0] >= 13 > healthy[0][0]
    assert broken[0][1][0] < healthy[0][1][1]        # overlap on day 1
    assert broken[-1][1][0] > healthy[-1][1][1]      # separate on day 7


def peeking():                            # the warning box
    random.seed(1)
    p, n, runs = .0032, 14_400, 3_000
    draw = lambda: random.gauss(n * p, math.sqrt(n * p * (1 - p)))
    for days, once_want, daily_want in ((5, .05, .14), (20, .05, .25)):
        once = daily = 0
        for _ in range(runs):
            a = b = 0
            alarm = False
            for day in range(1, days + 1):
                a, b = a + draw(), b + draw()
                pooled = (a + b) / (2 * n * day)
                big = abs(a - b) / math.sqrt(2 * pooled * (1 - pooled) * n * day) > 1.96
                alarm = alarm or big
            once, daily = once + big, daily + alarm
        near(once / runs, once_want, .012), near(daily / runs, daily_want, .02)


def timeline():
    assert 7 + 22 == 29 and 29 + 14 == 43 and 29 + 28 == 57


def labels():
    near(15 / .25, 60, 1e-9), near(1 - 15 / 56, .73, .005)
    low = bisect(lambda m: .025 - (1 - poisson_cdf(14, m)), 1, 15)
    high = bisect(lambda m: poisson_cdf(15, m) - .025, 15, 60)
    near(low, 8.4, .05), near(high, 24.7, .05), near(low * 4, 34, .5), near(high * 4, 99, .5)
    assert 600 * 24 / 3600 * 18 == 72
    assert 600 * 3 * 7 == 12_600 and 12_600 * .04 == 504
    near(1.96 * math.sqrt(.92 * .08 / 504), .024, 5e-4)


T = Z.inv_cdf(.985)                       # score threshold; good fruit ~ N(0, 1) on average


def drift_figure():
    caught = 1 - Z.cdf(T - 1.2)
    near(caught, .166, 5e-4)
    recall = (.04 * .92 + .015 * caught) / .055
    near(recall, .71, .005)
    good = 1 - Z.cdf(T + .068)
    near(.04 * .92 + .015 * caught + .945 * good, .0512, 2e-4)     # ejections unchanged
    near(DAY * (.055 * (1 - recall) * .6 + .945 * good * .12), 6253, 1)
    edges = [-9] + [Z.inv_cdf(i / 10) for i in range(1, 10)] + [9]
    q = [Z.cdf(b - .8) - Z.cdf(a - .8) for a, b in zip(edges, edges[1:])]
    near(sum((x - .1) * math.log(x / .1) for x in q), .60, .005)   # PSI of the new lamps


def drift():
    p, q = [.10, .25, .30, .25, .10], [.06, .16, .26, .32, .20]
    terms = [(b - a) * math.log(b / a) for a, b in zip(p, q)]
    for got, want in zip(terms, (.0204, .0402, .0057, .0173, .0693)):
        near(got, want, 5e-5)
    for a, b, want in zip(p, q, (-.511, -.446, -.143, .247, .693)):
        near(math.log(b / a), want, 5e-4)
    near(sum(terms), .1529, 5e-5)
    near(math.sqrt(.1), .32, .005), near(math.sqrt(.25), .5, 1e-9)
    near(.1 / (16.92 * 2 / 20_000), 59, 1)
    e = .09 * .92 + .91 * .015
    near(e, .09645, 1e-9), near((e - .015) / (.92 - .015), .09, 1e-9)
    ratio = (.09 / .91) / (.04 / .96)
    near(ratio, 2.37, .005)
    odds = .2 / ratio
    near(odds, .0843, 5e-5), near(odds / (1 + odds), .078, 5e-4)


def retraining():
    parts = 80 * 18, 20 * 2, 12 * 1800 * 24 / 3600 * 18, 20 * 80
    assert [round(x) for x in parts] == [1440, 40, 2592, 1600]
    c, apples = sum(parts), 12 * DAY
    near(c, 5672, .5), near(apples, 6.9e6, .05e6)
    week = .04 * .001 * .60 * apples
    k = week / 7
    near(week, 166, .5), near(k, 23.7, .05)
    rate = lambda t: c / t + k * t / 2
    best = math.sqrt(2 * c / k)
    near(best, 22, .5), near(rate(best), 518, 1), near(rate(60), 805, 1), near(rate(7), 893, 1)
    near(12 * (6253 - 2101), 50_000, 200), assert_between(12 * (6253 - 2101) / c, 8, 9)


def assert_between(x, low, high):
    assert low < x < high, x


def iteration():
    stages = 8, 80, 20, 12, 48
    assert sum(stages) == 168
    near(20 / 168, .12, .005)
    near(168 / 150, 1.12, .005), near(168 / 148, 1.14, .006), near(168 / 120, 1.40, 1e-9)
    assert 8 + 32 + 2 + 4 + 48 == 94
    near(168 / 94, 1.79, .005)
    near(1 / ((1 - 20 / 168) + 20 / 168 / 10), 168 / 150, 1e-9)
    assert 200 * 24 // 168 == 28 and 200 * 24 // 94 == 51
    near(.96 ** (28 // 3), .69, .005), near(.96 ** (51 // 3), .50, .005)
    near(104 / .6 + 64, 237, .5)


def end_to_end():
    assert 30_000 * 1.2 * 20 / 3600 == 200 and 200 * 18 == 3600
    near(30_000 * 4 * 60e3 / 1e9, 7.2, 1e-9)
    flop = 72_000 * 60 * 3.6e9
    near(flop, 1.56e16, .01e16), near(flop / 5e12 / 60, 52, .5)
    hours = 20 * flop / 5e12 / 3600
    near(hours, 17, .5), near(hours * 2, 35, .6), near(3600 / 35, 100, 5)
    assert 159 * 72 > 3600 + 35           # season's audits, one line
    near(DAY * 4 * 60e3 / 1e9, 138, .5), near(10e6 / 8 * 16 * 3600 / 1e9, 72, 1e-9)
    near((600 + .01 * DAY) * 4 * 60e3 / 1e9, 1.5, .05)


def exercises():
    near(.06 / .66, 1 / 11, 1e-12)
    a, b = cost(.92, .015, reject=.06), cost(.95, .035, reject=.06)
    near(a, .002784, 1e-9), near(b, .003216, 1e-9), near((b - a) * DAY, 249, .5)
    near(cost(.92, .015), .003648, 1e-9), near(cost(.95, .035), .005232, 1e-9)
    near((cost(.95, .035) - cost(.92, .015)) * DAY, 912, .5)
    near(1 - .05 ** (1 / 60), .049, 5e-4), near(math.log(20), 3, .005)
    tail = lambda k, m: 1 - poisson_cdf(k - 1, m)
    near(1200 * .0032, 3.84, 1e-9)
    near(tail(8, 3.84), .042, 5e-4), near(tail(7, 3.84), .095, 6e-4)
    near(tail(8, 7.68), .50, .006), near(tail(8, 11.52), .89, .006)
    u, v = (.09645 - .0512) * math.log(.09645 / .0512), (.90355 - .9488) * math.log(.90355 / .9488)
    near(u, .02866, 1e-5), near(v, .00221, 1e-5), near(u + v, .0309, 5e-5)
    near(3.84 * 2 / 84_000, .000091, 1e-6)
    assert_between((u + v) / (3.84 * 2 / 84_000), 300, 400)
    near(.3 * 8 + .7 * 104, 75.2, 1e-9), near(75.2 / .6 + 64, 189.3, .05), near(237.3 / 189.3, 1.25, .005)


def listings():                           # every program in the chapter, with its printed output
    pairs = CHAPTER.programs()
    assert len(pairs) == 4
    for code, want in pairs:
        got = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert got.stdout == want, f"output differs:\n{got.stdout}\n{want}"


def main():
    said("US\\$13,824", "US\\$4,382", "875 defects", "143 independent", "68{,}500", "13.7 days",
         "14{,}700", "9.3 times", "4.9%", "76%", "US\\$5,672", "US\\$166", "1.79", "US\\$6,253")
    checks = (framing, evaluation, lineage_and_contracts, shipping, canary_figure, peeking, timeline,
              labels, drift_figure, drift, retraining, iteration, end_to_end, exercises, listings)
    for check in checks:
        check()
    print(f"{len(checks)} passed, 0 failed")


if __name__ == "__main__":
    main()
