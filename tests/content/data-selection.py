"""Recomputes the figures of content/data-selection.md. Run: python3 tests/content/data-selection.py"""
import math
import random
import subprocess
import sys
from collections import Counter
from itertools import accumulate
from pathlib import Path

from lib.chapter import Chapter

CHAPTER = Chapter("data-selection")
TEXT, near, said = CHAPTER.text, CHAPTER.within, CHAPTER.says
FIGURES = Path(__file__).parents[2] / "content" / "figures"


FRAMES, LOOK, LABEL = 4_000_000, 2 * 86e6 * 197, .75


def opening():                            # title section
    near(.15 / 25, .006, 1e-9), near(FRAMES * .006, 24_000, 1e-6), near(FRAMES / 25 / 3600, 44.4, .05)
    near(45 / 3600 * 60, LABEL, 1e-9), near(FRAMES * LABEL, 3e6, 1)
    near(LOOK, 34e9, .2e9), near(LOOK * FRAMES, 1.4e17, .05e17)
    seconds = LOOK * FRAMES / 100e12
    near(seconds / 60, 23, .5), near(seconds / 3600 * 3, 1.13, .005), near(1.13 / LABEL, 1.5, .01)
    said("US\\$3 million", "in 23 minutes, for US\\$1.13")


def value():                              # What an example is worth
    near(60 * 45 / 300, 9, 1e-9), near(math.sqrt(.8 * .2 / 1000), .013, .0005), near(.794 - .765, .029, 1e-9), near(90 - 40, 50, 0)
    near(.6 / .006, 100, 1e-9), near(FRAMES / (1 + 99 * .9), 44_395, .5)
    near(24_000 / .6, 40_000, 1e-6), near(40_000 * LABEL, 30_000, 1e-9)
    near(.001 * 100, .1, 1e-12)           # 0.1% of the data, a hundred times
    said("44{,}395", "30 of the 45 flips")


def floor(a, b, c):
    return (a * c - b * b) / (a + c - 2 * b)


def price():                              # The price of a point
    near(floor(.183, .141, .112), .047, .0005)
    g, f = math.log2(4.2 / 2.9), floor(.183, .141, .112)
    near(g, .53, .005)
    at = lambda e: 2000 * ((.112 - f) / (e - f)) ** (1 / g)
    near(.112 - f, .0647, .00005), near(at(.102) / 2000, 1.37, .005), near(at(.102) - 2000, 740, 5)
    near(740 * LABEL, 555, .01)
    near(at(.07), 14_200, 60), near(at(.06), 42_200, 250), near(at(.06) - at(.07), 28_000, 250)
    near(28_000 * LABEL, 21_000, 1e-9), near(21_000 / 555, 38, .5)
    near(math.sqrt(.112 * .888 / 2000), .007, .0001), near(floor(.183, .141, .116), .079, .0005)
    # More labels or better ones
    near(.8 ** 2, .64, 1e-9), near(.944 ** 2, .891, .0005), near(.891 / 2.18, .41, .002), near(.64 / .409, 1.57, .01)
    near(.64 / 6, .107, .0005), near(.891 / 7.18, .124, .0005)


def active():                             # Asking for the right labels
    near(math.log2(1000), 10, .05)
    wrong = sum(math.comb(7, k) * .1 ** k * .9 ** (7 - k) for k in range(4, 8))
    near(wrong, .0027, .00005), near((1 - wrong) ** 10, .97, .005)
    near((95 + 4.4) / 600, .17, .005), near((95 + 4.4) / 600 / .03, 5.5, .05)
    near(2000 / 50, 40, 0), near(113 / LABEL, 150, 1)
    share = .01 * 400 / 500 + .99 * 5 / 500
    near(share, .0179, 1e-9), near(share * FRAMES, 71_600, 1), near(.008 / share, .45, .005), near(405 / 1000, .4, .006)
    near(math.sqrt(.01 ** 2 * .8 * .2 / 500 + .99 ** 2 * .01 * .99 / 500), .0044, .00005)
    code = listing(1)[0].split('print("labels')[0]
    env = {}
    exec(code, env)
    runs = {rule: [env["run"](rule, s) for s in range(8)] for rule in ("random", "uncertain", "mixed")}
    mean = lambda rule, n, i: sum(c[n][i] for c in runs[rule]) / 8
    assert mean("uncertain", 200, 0) > max(mean("random", n, 0) for n in runs["random"][0])
    near(mean("uncertain", 100, 1), .16, .005), near(mean("uncertain", 600, 1), .09, .005)
    mixed = [mean("mixed", n, 1) for n in runs["mixed"][0] if n > 100]
    near(min(mixed), .31, .005), near(max(mixed), .52, .005), near(.003 * 4000, 12, 1e-9)
    gain = lambda n: mean("uncertain", n, 0) - mean("uncertain", 100, 0)
    assert gain(200) > .85 * gain(600)


def pruning():                            # Keeping fewer of what you have
    cost = lambda f, r: (6 + 2 * r / f) / 6
    near(cost(.1, 1), 4.33, .005), near(1 / cost(.1, 1), .23, .001), near(cost(.1, .1), 1.33, .005), near(cost(.5, 1), 1.67, .005), near(10 / cost(.1, .1), 7.5, .001)


E, A, B, AL, BE = 1.82, 482, 2085, .348, .366
R = 15.39


def loss(n, d):
    return E + A / n ** AL + B / d ** BE


def best(c):
    n = (AL * A / (BE * B)) ** (1 / (AL + BE)) * (c / 6) ** (BE / (AL + BE))
    return n, c / 6 / n


def worth(epochs):
    return epochs if epochs <= 1 else 1 + R * (1 - math.exp(-(epochs - 1) / R))


def tokens():                             # Tokens as a budget
    near(BE / (AL + BE), .513, .0005), near(AL / (AL + BE), .487, .0005)
    n, d = best(1e23)
    near(n, 29.5e9, .05e9), near(d, 565e9, .6e9), near(d / n, 19.2, .05)
    near(best(1e22)[1] / best(1e22)[0], 20.3, .05), near(best(1e24)[1] / best(1e24)[0], 18.1, .05)
    target = loss(n, d)
    near(target, 2.034, .0005)
    for k in (.9, 1.1):                   # it is a minimum along the constraint
        assert loss(n * k, d / k) > target
    need = lambda m: (B / (target - E - A / m ** AL)) ** (1 / BE)
    for m, t, per, train, total in ((n, .57, 19, 1.00, 6.90), (n / 2, 1.42, 97, 1.26, 4.21), (11.36e9, 2.43, 214, 1.66, 3.93), (n / 3, 3.55, 362, 2.10, 4.06)):
        near(need(m) / 1e12, t, .006), near(need(m) / m, per, .6), near(6 * m * need(m) / 1e23, train, .006)
        near((6 * m * need(m) + 2 * m * 1e13) / 1e23, total, .006)
    total = lambda m, s: 6 * m * need(m) + 2 * m * s
    grid = [n * 10 ** (-i / 1000) for i in range(600)]
    near(min(grid, key=lambda m: total(m, 1e13)), 11.4e9, .15e9), near(min(grid, key=lambda m: total(m, 1e12)), 20e9, .5e9)
    near(1 - 3.93 / 6.90, .43, .001)
    for e, w in ((4, 3.73), (8, 6.62), (16, 10.6), (64, 16.1)):
        near(worth(e), w, .05)
    near(1 + R, 16.4, .05), assert_(math.exp(-39 / R) < .1)
    near(26 / 8, 3.25, 1e-9), near(8 * worth(3.25), 24.7, .06)
    near(loss(1.28e9, 26e9), 2.468, .0005), near(loss(1.28e9, 8e9 * worth(3.25)), 2.474, .0005)
    mean = lambda f: (1 - (1 - f) ** 3) / f
    use = lambda f, q: mean(f) * f * worth(q / f)
    for q, share, epochs, w, plain, ten in ((.25, .08, 3.0, .66, .25, .66), (1, .17, 6.0, 2.22, 1.00, 2.12), (4, .32, 12.5, 6.24, 3.73, 4.11), (16, .57, 28, 12.6, 10.6, 4.44)):
        f = max((k / 1000 for k in range(5, 1001)), key=lambda f: use(f, q))
        near(f, share, .005), near(q / f, epochs, .3), near(use(f, q), w, .05), near(use(1, q), plain, .02), near(use(.1, q), ten, .005)
    assert use(.083, 16) < use(1, 16)
    near(.57 / .083, 7, .2)


def borrowing():                          # Borrowing supervision
    flops = 3 * LOOK * FRAMES * 100
    near(flops, 4.1e19, .05e19), near(flops / 400e12 / 3600, 28, .3), near(flops / 400e12 / 3600 * 3, 85, .5), near(flops / 400e12 / 3600 * 3 / LABEL, 113, .5)
    near(FRAMES * 768 * 2 / 1e9, 6.1, .05), near(30_000 * .8 ** 2, 19_200, 1e-6)


def synthetic():                          # Data that a model wrote
    pure = lambda p, fp: p * .95 / (p * .95 + (1 - p) * fp)
    near(pure(.3, .1), .80, .005), near(pure(.6, .1), .93, .005), near(pure(.3, .01), .98, .005), near(1 / .285, 3.5, .01)
    near(2 * 8e9, 1.6e10, 1), near(6 * 1.28e9, 7.7e9, .03e9), near(1.6e10 / 7.68e9, 2, .1)
    near(math.exp(-1), .37, .003)
    c = Counter(random.Random(0).choices(range(5000), cum_weights=list(accumulate(1 / (k + 1) for k in range(5000))), k=20_000))
    assert len(c) == 3166 and sum(v == 1 for v in c.values()) == 1387
    near(sum(math.exp(-v) for v in c.values()), 626, .5), near(3166 - 2501, 665, 0)
    env = {}
    exec(listing(2)[0].split("\nfor rule in")[0], env)
    near(sum(env["words_left"]("tenth")[10:]) / 11, 1950, 25)


def exercises():
    near(24_000 / .024, 1e6, 1e-3), near(1e6 / (1 + 24 * .9), 44_248, .5)
    near(floor(.24, .19, .16), .115, 1e-9), near(floor(.24, .19, .165), .14, 1e-9), near(math.log2(5 / 3), .737, .0005), near(4000 * 3 ** (1 / .737), 17_800, 60)
    near(2 + 2 * .8 * .2, 2.32, 1e-9), near(.8 ** 3 + 3 * .64 * .2, .896, 1e-9), near(.792 ** 2, .627, .0005), near((.36 * 2.32 - .627) / (.627 - .36), .78, .005)
    near(1 + .2 / .3, 1.67, .005), near(600 / (1 + .2 / .3), 360, 1e-6), near(3000 * .1, 300, 1e-9)
    p = .02 * .3 + .98 * 2 / 1600
    near(p, .007225, 1e-9), near(.006 / p, .83, .001), near(math.sqrt(.02 ** 2 * .21 / 400 + .98 ** 2 * .00125 * .99875 / 1600), .00098, .000005)
    n, d = best(1e23)
    target = loss(n, d)
    half = (B / (target - E - A / (n / 2) ** AL)) ** (1 / BE)
    s = (6 * n / 2 * half - 1e23) / n
    near(s, 8.8e11, .05e11), near(s / d, 1.6, .05)
    e = 1 - R * math.log(1 - (2.43e12 / d - 1) / R)
    near(2.43e12 / d, 4.30, .005), near(e, 4.7, .05), near(e * d, 2.66e12, .01e12), near(e * d / 2.43e12, 1.096, .001)
    near(math.exp(-5), .007, .0005)


def assert_(ok):
    assert ok


def listing(i):
    return CHAPTER.programs()[i]


def listings():                           # every program in the chapter, with its printed output
    for i in range(3):
        code, want = listing(i)
        got = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert got.stdout == want, f"output differs:\n{got.stdout}\n{want}"
    assert TEXT.count("```python") == 3


def figures():
    for name in ("funnel", "active", "isoloss", "filter", "collapse"):
        svg = (FIGURES / f"data-selection-{name}.svg").read_text(encoding="utf-8")
        assert "\n\n" not in svg and f"figures/data-selection-{name}.svg" in TEXT


def main():
    for check in (opening, value, price, active, pruning, tokens, borrowing, synthetic, exercises, listings, figures):
        check()
    print("data-selection: ok")


if __name__ == "__main__":
    main()
