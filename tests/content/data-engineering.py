"""Recomputes the figures of content/data-engineering.md. Run: python3 tests/content/data-engineering.py"""
import math
import random
import re
import subprocess
import sys
from pathlib import Path
from statistics import NormalDist

from lib.chapter import Chapter

CHAPTER = Chapter("data-engineering")
TEXT, near, said = CHAPTER.text, CHAPTER.within, CHAPTER.says
FIGURES = Path(__file__).parents[2] / "content" / "figures"
Z = NormalDist()
PHOTOS, CAMERAS, PHOTO = 12_000_000, 1_500, 150e3


def opening():                            # title section
    assert CAMERAS * 8_000 == PHOTOS
    near(PHOTOS * PHOTO, 1.8e12, 1)
    near(PHOTOS / 1600 / 3600, 2.1, .05), near(PHOTOS / 250 / 3600, 13.3, .05)
    near(1 - .1 ** 3, .999, 1e-9)
    near(250 / 1600, .16, .005)


def kappa_of(table):
    n = sum(map(sum, table))
    a, b = [sum(r) / n for r in table], [sum(c) / n for c in zip(*table)]
    po = sum(table[i][i] for i in range(len(table))) / n
    pe = sum(x * y for x, y in zip(a, b))
    return po, pe, (po - pe) / (1 - pe), math.sqrt(po * (1 - po) / n) / (1 - pe)


def labels():                             # A label is a measurement
    table = [[640, 30, 10], [40, 170, 14], [6, 10, 80]]
    assert [sum(r) for r in table] == [680, 224, 96] and [sum(c) for c in zip(*table)] == [686, 210, 104]
    po, pe, k, se = kappa_of(table)
    near(po, .890, 1e-9), near(pe, .524, .0005), near(k, .769, .0005), near(se, .021, .0005)
    near(po - pe, .366, .0006), near(1 - pe, .476, .0006)
    near(k - 1.96 * se, .73, .005), near(k + 1.96 * se, .81, .005)
    assert 224 + 210 == 434 and 2 * 170 == 340
    near(340 / 434, .78, .005), near(1280 / (680 + 686), .94, .005)
    assert max(table[i][j] for i in range(3) for j in range(3) if i != j) == table[1][0]
    agree = .95 ** 2 + .05 ** 2
    near(agree, .905, 1e-9)
    for base, says, want in ((.30, .32, .78), (.02, .068, .25)):
        q = base * .95 + (1 - base) * .05
        near(q, says, 1e-9)
        chance = q * q + (1 - q) ** 2
        near((agree - chance) / (1 - chance), want, .005)
    near(.32 ** 2 + .68 ** 2, .565, .0005)
    three = lambda p: p ** 3 + 3 * p * p * (1 - p)
    near(three(.9), .972, 1e-9), near(2 * .9 * .1, .18, 1e-9), near(2 + .18, 2.18, 1e-9)
    easy = .85 / .9
    near(easy, .944, .0005), near(three(easy), .991, .0005)
    vote = .9 * three(easy) + .1 * .5
    near(vote, .942, .0005), near(1 - vote, .058, .0005)
    near((1 - easy) / (1 - three(easy)), 6, .3)
    measured = lambda a: a * .95 + (1 - a) * .05
    near(measured(.97), .923, 1e-9), near(measured(.96), .914, 1e-9), near(measured(1), .95, 1e-9)
    near(.05 + .97 * .9, measured(.97), 1e-9)


def layout():                             # Layout decides what a read costs
    out = listing(0)[1]
    rows = int(re.search(r"([\d,]+) rows", out)[1].replace(",", ""))
    near(rows * 20 / 1e6, 4.81, .005)
    kb = [float(x) for x in re.findall(r"groups +([\d.]+) kB", out)]
    near(rows * 20 / 1e3 / kb[1], 610, 20)
    near(kb[1], 7.8, .05), near(kb[2], 566, .5), near(kb[5], 4.2, .05)
    near(961 / 1280, .75, .005)
    half = .050 * 75e6
    near(half, 3.75e6, 1)
    share = lambda s, h=half: s / (s + h)
    near(share(PHOTO), .038, .0005), near(share(256e6), .986, .0005), near(share(half), .5, 1e-9)
    near(.050 + PHOTO / 75e6, .052, 1e-12), near(.050 / .001, 50, 1e-9)
    near(1600 * .052, 83, .5), assert_(8 * 1600 == 12_800 > 5_500)
    near(PHOTOS / 1000 * .0004, 4.80, 1e-9)
    assert math.ceil(PHOTOS * PHOTO / 256e6) == 7_032 and round(256e6 / PHOTO) == 1_707


def assert_(x):
    assert x


def loader():                             # Keeping the accelerator fed
    lines = [(.050 + .002 + .012, 250, .16, 13.3, 1200), (.002 + .05 / 1707 + .012, 1140, .71, 2.9, 263),
             (.012, 1333, .83, 2.5, 225), (.003, 5333, 1.0, 2.1, 188)]
    for t, rate, busy, hours, dollars in lines:
        got = 16 / t
        near(got, rate, 1), near(min(1, got / 1600), busy, .005)
        h = PHOTOS / min(got, 1600) / 3600
        near(h, hours, .05), near(h * 30 * 3, dollars, .6)
    near(52 / 64, .81, .005), assert_(1200 - 263 > 900), near(225 - 187.5, 38, .6)
    near(PHOTOS * .015 / 3600, 50, 1e-9), near(PHOTOS * 30e3 / 1e9, 360, 1e-9)
    # a cyclic scan through an LRU cache never hits; a pinned cache hits with its share
    n, room = 100, 60
    lru, hits = [], 0
    for i in list(range(n)) * 4:
        if i in lru:
            hits, _ = hits + 1, lru.remove(i)
        lru.append(i)
        lru = lru[-room:]
    assert hits == 0
    near(32 * 256 * 256 * 256 * 3 / 1e9, 1.6, .02)
    near(2060 / 100, 20, 1), near(.99 * 60 + .01 * 2060, 80, 1e-9), near(1 - 100 / 125, .2, 1e-12)


def order():                              # Order: shuffling, splitting, resuming
    near(CAMERAS * (1 - (1 - 1 / CAMERAS) ** 256), 235, .5)
    shard = 1707

    def distinct(shards_open, buffer, batches=12):
        r = random.Random(9)

        def stream():
            if not shards_open:
                i = 3_000_000
                while True:
                    yield i
                    i += 1
            names = list(range(PHOTOS // shard))
            random.Random(5).shuffle(names)
            names = iter(names)
            active = [[next(names), 0] for _ in range(shards_open)]
            while True:
                for a in active:
                    yield a[0] * shard + a[1]
                    a[1] += 1
                    if a[1] == shard:
                        a[0], a[1] = next(names), 0
        s = stream()
        pool, out = [next(s) for _ in range(buffer)], []
        warm = 2 * buffer + shard * max(1, shards_open) // 2
        for n in range(warm + 256 * batches):
            j = r.randrange(buffer)
            if n >= warm:
                out.append(pool[j] // 8_000)
            pool[j] = next(s)
        return sum(len(set(out[k:k + 256])) for k in range(0, len(out), 256)) / batches
    near(distinct(0, 1_000), 1, .01), near(distinct(0, 100_000), 37, 1)
    near(distinct(64, 256), 61, 1), near(distinct(1, 40_000), 67, 2)
    near(distinct(1, 100_000), 118, 2), near(distinct(64, 100_000), 144, 2)
    near(10_000 * 30e3 / 1e6, 300, 1e-9), near(10_000 * 256 * 256 * 3 / 1e9, 2, .04)
    near(math.sqrt(CAMERAS * .1 * .9), 12, .5)


def clocks():                             # Two clocks
    near(PHOTOS / 365, 33_000, 200), near(PHOTOS / 365 / 86400, .38, .005), near(PHOTOS / 365 * PHOTO / 1e9, 4.9, .05)
    late = lambda w: .9 * math.exp(-w) + .1 * math.exp(-w / 60)
    for w, share in ((1, .429), (10, .085), (60, .037), (240, .002)):
        near(late(w), share, .0005)
    near(math.exp(-10 / 60), .85, .005)


def features():                           # Features as of the right moment
    out = listing(3)[1]
    for name, value in (("snapshot", "0.502"), ("same_day", "0.933"), ("day_before", "0.623"), ("as_of", "0.598")):
        assert re.search(rf"{name} +AUC {value}", out)
    assert CAMERAS * 50 * 8 == 600_000


def copies():                             # Finding copies
    pairs = 4e6 ** 2 / 2
    near(pairs, 8e12, 1), near(pairs * 1e-6 / 86400, 93, .5)
    near(math.sqrt(.6 * .4 / 64), .06, .002), near(4e6 * 64 * 4 / 1e9, 1.0, .03)
    p = lambda s, b, r: 1 - (1 - s ** r) ** b
    near(p(.6, 16, 4), .89, .005), near(p(.6, 8, 8), .13, .005)
    for b, r in ((32, 2), (16, 4), (8, 8)):
        t = (1 / b) ** (1 / r)
        assert .5 < p(t, b, r) < .66
    near(18 / (2 * 78 - 18), .13, .005)
    near(1_444_150 * p(18 / 138, 16, 4), 6700, 50)
    near(p(.8, 14, 8), .92, .005), near(p(.7, 14, 8), .56, .005)
    out = listing(4)[1]
    assert "884 to compare, 139 of 141" in out and "158 to compare" in out and "89 to compare, 85 of 141" in out
    near(1 - 85 / 141, .4, .005)


def checks_budget():                      # Checks that people leave switched on
    assert 40 * 3 * 24 == 2880 and 2880 * 7 == 20_160
    near(2880 * .01, 29, .5), near(1 / 20_160, 5e-5, 1e-6)
    limit = Z.inv_cdf(1 - .5 / 20_160)
    sliced = Z.inv_cdf(1 - .5 / (12 * 20_160))
    near(limit, 4.06, .005), near(sliced, 4.60, .006), near(sliced / limit, 1.13, .006)
    hot = 9 * 1.8 + 32
    near(hot, 48.2, 1e-9)
    mean = .88 * 9 + .12 * hot
    near(mean, 13.7, .05), near((mean - 9) / 4, 1.2, .03), near((hot - 9) / 4, 9.8, 1e-9)
    near(9.8 / ((mean - 9) / 4), 8, .4)


def versions():                           # Versions, deletions and people
    touched = 1 - .999 ** 1707
    near(touched, .82, .005), near(7032 * touched * 256e6 / 1e12, 1.5, .03)
    near(PHOTOS * 40 / 1e6, 480, 1e-9), near(1707 * 40 / 1e3, 68, .5)


def exercises():
    po, pe, k, _ = kappa_of([[20, 10], [6, 164]])
    near(po, .92, 1e-9), near(pe, .759, 1e-9), near(k, .668, .0005), near(40 / 56, .714, .0005)
    near(.064 / 2.064, .031, .0005), near(5000 * .02064, 103, .5), near(38 / 40, .95, 1e-9)
    near(1.2e9 / 110e3, 10_909, 1), near(32 / .006, 5_333, 1), near(1 - 32 / .006 / 7200, .259, .0005)
    near(44 / .006, 7_333, 1), near(7333 / 7200 - 1, .02, .002), near(8000 / 7200 - 1, .11, .002)
    near(16e9 / 40e3, 400_000, 1), near(16e9 / 200e3, 80_000, 1), near(2e12 / 8000 / 40e3, 6_250, 1), assert_(400_000 / 6_250 == 64)
    near(.95 * math.exp(-30) + .05 * math.exp(-.125), .044, .0005), near(120 * math.log(50), 469, .5)
    p = lambda s, b, r: 1 - (1 - s ** r) ** b
    near(.8 ** 8, .1678, .00005), near(p(.8, 16, 8), .947, .0005), near(p(.8, 18, 7), .986, .0005), assert_(p(.8, 32, 4) > .9999)
    near(8e12 * p(.1, 18, 7), 14e6, .5e6), near(8e12 * p(.1, 32, 4), 26e9, .5e9)
    touched = 1 - .9999 ** 1707
    near(touched, .157, .0005), near(7032 * touched, 1_100, 10), near(7032 * touched * .256, 283, .5)
    near(24_000 / 1707 + 3, 17, .1), near(17 * .256, 4.4, .05)


def listing(i):
    return CHAPTER.programs()[i]


def listings():                           # every program in the chapter, with its printed output
    for i in range(5):
        code, want = listing(i)
        got = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert got.stdout == want, f"output differs:\n{got.stdout}\n{want}"
    assert TEXT.count("```python") == 5


def figures():
    for name in ("path", "layout", "size", "prefetch", "shuffle", "asof", "minhash"):
        svg = (FIGURES / f"data-engineering-{name}.svg").read_text(encoding="utf-8")
        assert "\n\n" not in svg and f"figures/data-engineering-{name}.svg" in TEXT


def main():
    said("0.769", "2.18 labels", "92.3%", "3.75$ MB", "US\\$4.80", "7,032", "US\\$3", "37 cameras",
         "$150 \\pm 12$", "42.9%", "0.598", "4.06", "4.60", "480 MB", "6,700")
    checks = (opening, labels, layout, loader, order, clocks, features, copies, checks_budget, versions,
              exercises, listings, figures)
    for check in checks:
        check()
    print(f"{len(checks)} passed, 0 failed")


if __name__ == "__main__":
    main()
