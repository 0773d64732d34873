"""Recomputes the figures of content/distributed-training.md. Run: python3 tests/content/distributed-training.py"""
import contextlib
import io
import math

from lib.chapter import Chapter

CHAPTER = Chapter("distributed-training")
TEXT, near, said = CHAPTER.text, CHAPTER.within, CHAPTER.says
BLOCKS = CHAPTER.programs()
try:
    import numpy
except ImportError:
    numpy = None

# the broadcasters' model, cluster and batch
L, D, T, V = 64, 6144, 8192, 131_072
N = 12 * L * D * D + V * D
F = 6 * N + 12 * L * D * T                    # FLOPs of a token
TOKENS, CARDS, SEQ = 600e9, 512, 512
P, E = 989e12, .5 * 989e12                    # peak, attainable
NV, IB = .8 * 450e9, .8 * 50e9                # bytes/s inside and between nodes
A_NV, A_IB = 3e-6, 10e-6                      # latencies
GRAD = 2 * N                                  # bytes of bf16 gradients or weights
BATCH = SEQ * T
STEPS = TOKENS / BATCH
FWD = (2 * N + 4 * L * D * T) * T             # forward FLOPs of a sequence
G = 1e9


def run(code):
    space, out = {"__name__": "__main__"}, io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(code, space)
    return space, out.getvalue()


def flat():
    return 2 * (CARDS - 1) / CARDS * GRAD / IB


def inside(n=GRAD):
    return 7 / 8 * n / NV


def between(n=GRAD):
    return 2 * 63 / 64 * n / 8 / IB


def sweep():
    return inside() + between() / 2


def listings():                               # every program, against the output shown
    assert len(BLOCKS) == 5
    spaces = []
    for code, shown in BLOCKS:
        if "numpy" in code and numpy is None:
            print("numpy missing: one listing skipped"), spaces.append({})
            continue
        space, got = run(code)
        assert got.rstrip() == shown.rstrip(), f"output differs:\n{got}\n{shown}"
        spaces.append(space)
    return spaces


def opening(plan):                            # title section
    near(N, 29.8e9, .01e9), near(F * TOKENS, 1.3e23, .01e23)
    near(F * TOKENS / E / 86400 / 365.25, 8.4, .05), near(F * TOKENS / E / CARDS / 86400, 6.0, .04)
    near(16 * N / G, 477, .5)
    full = 4 * FWD / E
    rows = [full + 3 * flat() / 2, full + 3 * sweep(), full, plan["plans"](512, 40e9)[0][0]]
    for got, step, days, mfu in zip(rows, (9.26, 5.79, 4.80, 3.75), (15.3, 9.6, 8.0, 6.2), (19.4, 31.1, 37.5, 48.1)):
        near(got, step, .005), near(got * STEPS / 86400, days, .06)
        near(F * BATCH / CARDS / P / got * 100, mfu, .05)
        said(f"{step:.2f} s | {days} days | {mfu}%")
    near(3 * flat() / 2, 4.46, .005), near(3 * sweep(), .98, .005), near(3 * FWD / E, 3.60, .005)
    near(rows[0] * STEPS / 3600 * CARDS * 3, 565_000, 500), near(rows[3] * STEPS / 3600 * CARDS * 3, 229_000, 500)


def collectives():                            # Collectives and what they cost
    ring = lambda p, n: 2 * (p - 1) * A_IB + 2 * (p - 1) / p * n / IB
    tree = lambda p, n: 2 * math.log2(p) * (A_IB + n / IB)
    assert round(126 / 1.97) == 64 and ring(64, 64e3) > tree(64, 64e3)
    cross = (2 * 511 - 18) * A_IB * IB / (18 - 2 * 511 / 512)
    near(cross / 1e6, 25, .2), near(ring(512, cross), tree(512, cross), 1e-9)
    near(GRAD / G, 59.6, .01), near(flat(), 2.97, .005), near(NV / IB, 9, 1e-9)
    near(inside(), .145, .0005), near(between(), .367, .0005), near(GRAD / 8 / G, 7.45, .005)
    whole = 2 * inside() + between()
    near(whole, .656, .0005), near(flat() / whole, 4.5, .05), near(2 * GRAD / whole / G, 182, .5)
    near(sweep(), .328, .0005), near(flat() / 2, 1.49, .005)


def data_parallel():                          # Data parallelism
    w = 2 * GRAD / (2 * inside() + between())
    near(E / w, 2723, 1), near(E / IB, 12_400, 50)
    near(BATCH, 4.19e6, .01e6), near(BATCH / (E / w), 1540, 1)
    # twenty-five megabytes
    lat_in, lat_out = 14 * A_NV, 126 * A_IB
    near(2 * inside(25e6), .12e-3, .005e-3), near(lat_in / (2 * inside(25e6)), 1 / 3, .03)
    bucket = lambda n: lat_in + lat_out + 2 * inside(n) + between(n)
    near(lat_in + lat_out, 1.30e-3, .005e-3), near(bucket(25e6), 1.58e-3, .005e-3)
    near(2 * inside(25e6) + between(25e6), .28e-3, .005e-3)
    near(GRAD / 25e6, 2384, 1), near(GRAD / 25e6 * bucket(25e6), 3.76, .01)
    near(bucket(500e6), 6.81e-3, .005e-3), assert_true(math.ceil(GRAD / 500e6) == 120)
    near(GRAD / 500e6 * bucket(500e6), .81, .005), assert_true(4.5 < 3.76 / .81 < 5)


def assert_true(x):
    assert x


def zero():                                   # Sharding the state
    for f, want in ((lambda p: 16, (477, 477, 477)), (lambda p: 4 + 12 / p, (164, 125, 120)),
                    (lambda p: 2 + 14 / p, (112, 66.1, 60.4)), (lambda p: 16 / p, (59.6, 7.5, .9))):
        for p, w in zip((8, 64, 512), want):
            near(f(p) * N / G, w, .5 if w > 100 else .06)
    near(32 * D * L * T / G, 103, .1), near(2 * D * L * T / G, 6.4, .05)
    near(32 * D * T / G, 1.6, .02), near(10 * V * T / G, 10.7, .05)
    small, big = (2 + 32 / L) * D * L * T, 32 * D * L * T
    for got, want in (((16 * N + small + 10 * V * T) / G, 500), (((4 + 12 / 512) * N + small + 10 * V * T) / G, 143),
                      (((2 + 14 / 512) * N + small + 10 * V * T) / G, 83),
                      ((N / 32 + 48 * D * D + small + 10 * V * T) / G, 26), ((N / 32 + 48 * D * D + big + 10 * V * T) / G, 121),
                      ((N / 32 + 24 * D * D + big / 2 + 5 * V * T) / G, 63)):
        near(got + 4, want, .5)               # the figure of memory on each of 512 cards
    near(24 * D * D / 1e6, 906, .1), near(sweep() / 64, 5.1e-3, .05e-3), near(FWD / L / E, 18.8e-3, .05e-3)


def tensor():                                 # Splitting a layer
    for t, comm, comp, ratio in ((2, .14, 3.36, .04), (4, .20, 1.68, .12), (8, .24, .84, .28), (16, 2.30, .42, 5.5)):
        c = 16 * D * (t - 1) / t / (NV if t <= 8 else IB)
        w = (72 * D * D + 12 * D * T) / t / E
        near(c * 1e6, comm, .005), near(w * 1e6, comp, .005), near(c / w, ratio, .05 if ratio > 1 else .005)
        simple = 2 / 9 * (t - 1) * E / (D * (NV if t <= 8 else IB))
        near(simple, c / (72 * D * D / t / E), 1e-9)
    near(32 * D * L * T / 2 / G, 51.5, .05), near(10 * V * T / 2 / G, 5.4, .05)
    near(E / IB, 12_400, 50), near(E / NV, 1400, 30)


def pipeline(space):                          # Splitting the depth
    near(2 * D * T / 1e6, 101, .5), near(2 * D * T / IB, 2.5e-3, .05e-3), near(F * T / 32 / E, 113e-3, .5e-3)
    for m in (4, 8, 32):
        for rule in ("gpipe", "one_f_one_b", "split"):
            t, kept, _ = space["simulate"](space[rule], m, rule != "split")
            if rule != "split":
                assert t - 3 * m == 9 and abs((t - 3 * m) / t - 3 / (m + 3)) < 1e-12
            else:
                assert t - 3 * m == (3 if m == 4 else 5)
            assert kept == (m if rule == "gpipe" else 4)
    layer, head = 72 * D * D + 12 * D * T, 6 * V * D
    near(layer / G, 3.32, .005), near(head / G, 4.83, .005), near(head / layer, 1.45, .005)
    mean = (64 + head / layer) / 4
    near(mean, 16.36, .005), near(16 + head / layer, 17.45, .006)
    near((16 + head / layer) / mean, 1.067, .0005), near(17 / mean, 1.039, .0005)


def experts():                                # Experts on other machines
    d = 7168
    near(4 * d / 1e3, 28.7, .05), near(8 * d / 1e3, 57.3, .05), near(12 * d / IB * 1e6, 2.15, .005)
    attention = d * 1536 + 1536 * 128 * 192 + d * 576 + 512 * 128 * 256 + 128 * 128 * d
    ffn = 2 * 9 * 3 * d * 2048
    near(ffn / G, .79, .005), near(2 * attention / G, .37, .005), near((ffn + 2 * attention) / E * 1e6, 2.36, .005)


def mesh(plan):                               # Putting the axes together
    plans = plan["plans"]
    mfu = lambda g, net: SEQ * 3 * plan["FWD"] / g / P / plans(g, net)[0][0]
    near(mfu(4096, 40e9), .391, .001), near(mfu(256, 5e9), .398, .001), near(mfu(512, 5e9), .373, .001)
    near(plans(4096, 40e9)[0][0], plans(8192, 40e9)[0][0], .01)
    near(4 * FWD / E - 3 * FWD / E, 1.2, .005)
    assert 8 * 16 * 64 == 8192 and 8 * 16 * 128 == 16_384


def failures(space):                          # Slow ranks and dead ones
    def expected_max(p, h=.002):
        cdf = lambda x: .5 * (1 + math.erf(x / math.sqrt(2)))
        return sum(((1 - cdf(x) ** p) if x > 0 else -cdf(x) ** p) * h for x in (h * (i + .5) - 8 for i in range(9000)))
    near(expected_max(8), 1.4, .03), near(expected_max(512), 3.0, .05), near(expected_max(16_384), 4.0, .04)
    near(CARDS * (1 - 1 / 1.08), 38, .5)
    card = 16_384 * 54 * 24 / 419
    near(card, 50_700, 50), near(card / 8766, 5.8, .03), near(card / 512, 99, .1), near(card / 16_384, 3.09, .005)
    near(card / 1e5, .5, .01), near(6.2 * 24 / (card / 512), 1.5, .01)
    m = card / 16_384 * 3600
    near(math.sqrt(2 * 60 * m) / 60, 19.3, .05), near(math.sqrt(2 * 60 / m), .104, .0005)
    near(math.sqrt(2 * 5 * m) / 60, 5.6, .05), near(math.sqrt(2 * 5 / m), .030, .0005), near(600 / m, .054, .0005)
    near(12 * N / G, 358, .5), near(12 * N / 512 / G, .7, .005), near(12 * N / 512 / 25e9, .028, .0001)


def local():                                  # Talking less often
    for tau, want in ((0, 2), (1, 1), (7, .21)):
        limit = 2 * math.sin(math.pi / (2 * (2 * tau + 1)))
        near(limit, want, .005)
        for a, stable in ((limit * .98, True), (limit * 1.02, False)):
            x = [1.0] * (tau + 1)             # x[t+1] = x[t] - a x[t-tau]
            for _ in range(20_000):
                x.append(x[-1] - a * x[-1 - tau])
                x = x[-tau - 1:]
                if abs(x[-1]) > 1e6:
                    break
            assert (abs(x[-1]) < 1) == stable
    wan = GRAD / 1.25e9
    near(wan, 47.7, .05), near(wan / (100 * 3.746), .127, .0005), near(wan / (500 * 3.746), .025, .0006)


def exercises():                              # Exercises 1 to 7
    x = 114 * 5e-6 / (12 - 2 * 63 / 64)
    near(x * 1e6, 56.8, .05), near(x * 50e9 / 1e6, 2.84, .005), near((60e-6 + 12 * x) * 1e6, 742, .5)
    assert 800e12 / 400e9 == 2000 and 2_097_152 // 2000 == 1048 and 2_097_152 // 1000 == 2097 and 2_097_152 // 4000 == 524
    near(4.75 * 13, 61.8, .06), near(2.875 * 13, 37.4, .05)
    near(2 / 9 * 7 * E / (16_384 * NV), .13, .005), near(2 / 9 * 15 * E / (16_384 * IB), 2.5, .05)
    near(2 / 9 * 15 * 1125e12 / (16_384 * 720e9), .32, .005)
    idle = lambda m, v: 15 / v / (m + 15 / v)
    near(idle(32, 1), .319, .0005), near(idle(16, 1), .484, .0005), near(idle(32, 8), .055, .0005)
    near(idle(16, 8), .105, .0005), near((1 - idle(16, 1)) / (1 - idle(32, 1)), .76, .005)
    near((1 - idle(16, 8)) / (1 - idle(32, 8)), .947, .0006), near(41 / 43, .953, .001)
    m = 50_700 / 4096 * 3600
    near(m, 44_560, 5), near(m / 3600, 12.4, .05), near(math.sqrt(40 * m), 1335, 1), near(math.sqrt(40 / m), .030, .0005)
    near(360 / m, .008, .0001), near(math.sqrt(40 / m) * (1 - 1 / math.sqrt(2)), .0088, .0001), near(180 / m, .0040, .0001)
    root = (360 / (2 - math.sqrt(2))) ** 2 / 40
    near(root, 9440, 10), near(50_700 / (root / 3600), 19_300, 50)
    near(GRAD / 2.5e9, 23.8, .05), assert_true(math.ceil(23.8 / 3.75 / .02) == 318)


coll, pipe, plan_space, ckpt, loc = listings()
opening(plan_space)
collectives()
data_parallel()
zero()
tensor()
pipeline(pipe)
experts()
mesh(plan_space)
failures(ckpt)
local()
exercises()
print("distributed-training: all figures recomputed")
