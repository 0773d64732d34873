"""Recomputes the figures of content/serving.md and reruns its listings.

Run: python3 tests/content/serving.py
"""
import random
import subprocess
import sys
from bisect import bisect
from collections import OrderedDict
from itertools import accumulate
from math import log

from lib.chapter import Chapter, output_of

CHAPTER = Chapter("serving")
TEXT, near, says = CHAPTER.text, CHAPTER.rounded, CHAPTER.says


# --- Opening: M/M/1 at 20 ms ------------------------------------------------------------------
mm1 = lambda rate, s=0.020: s / (1 - rate * s)
near(mm1(40) * 1e3, 100, 0)
near(mm1(47.5) * 1e3, 400, 0)
near(log(100) * mm1(40) * 1e3, 461, 0)
near(log(100) * mm1(47.5) * 1e3, 1842, 0)
near(47.5 / 40, 1.19, 2)
assert (52 - 50) * 600 == 1200 and 1200 / 50 == 24

# --- Queues -----------------------------------------------------------------------------------
near(9 * 3.4, 31, 0)
assert round(1 / (1 - 0.8)) == 5 and round(1 / (1 - 0.95)) == 20
near(log(100), 4.6, 1)
pk = lambda rho, c2, s=20: s + rho / (1 - rho) * (1 + c2) / 2 * s
for c2, at80, at95 in ((0, 60, 210), (1, 100, 400), (4, 220, 970)):
    near(pk(0.8, c2), at80, 0)
    near(pk(0.95, c2), at95, 0)
# worked example: a second replica
near(20 / 0.6, 33, 0)
near(20 / (1 - 0.4**2), 23.8, 1)
near(10 / (1 - 0.4), 16.7, 1)
near(20 / (1 - 0.8**2), 55.6, 1)

# --- The tail at scale ------------------------------------------------------------------------
near(100 * (1 - 0.99**10), 9.6, 1)
near(100 * (1 - 0.99**20), 18, 0)
near(100 * (1 - 0.99**100), 63, 0)
near(100 * 0.99 ** (1 / 20), 99.95, 2)
near(100 * (1 - (1 - 1e-4) ** 20), 0.2, 1)

# --- Batching ---------------------------------------------------------------------------------
s = lambda b: 8 + 0.5 * b
near(1000 / s(1), 118, 0)
near(32 / s(32) * 1e3, 1333, 0)
assert s(32) == 24
lam = 0.8
near(lam * 8 / (1 - lam * 0.5), 10.7, 1)
near(8 / (1 - lam * 0.5), 13.3, 1)
near(1.5 * 8 / (1 - lam * 0.5), 20, 1)

# --- Caching ----------------------------------------------------------------------------------
N = 100_000
H = list(accumulate(1 / r for r in range(1, N + 1)))
near(H[-1], 12.09, 2)
near(100 * log(10) / H[-1], 19, 0)
random.seed(7)
for size, best, lru in ((100, 42.9, 29.1), (1000, 61.9, 50.5), (10_000, 81.0, 73.7)):
    near(100 * H[size - 1] / H[-1], best, 1)
    cache, hits, seen = OrderedDict(), 0, 0
    for k in range(400_000):
        key = bisect(H, random.random() * H[-1])
        hit = key in cache
        if hit:
            cache.move_to_end(key)
        else:
            cache[key] = 1
            if len(cache) > size:
                cache.popitem(last=False)
        if k > 100_000:
            hits += hit
            seen += 1
    near(100 * hits / seen, lru, 1)


def ttl(rate, theta):
    total = 0.0
    for r in range(1, N + 1):
        share = 1 / (r * H[-1])
        x = rate * share * theta
        total += share * x / (1 + x)
    return total


near(20 / H[-1], 1.65, 2)
x = 20 / H[-1] * 60
near(100 * x / (1 + x), 99, 0)
near(100 * (x / 1000) / (1 + x / 1000), 9, 0)
near(100 * ttl(20, 60), 43, 0)
near(100 * ttl(20, 600), 62, 0)
near(100 * (1 - 0.01 / 0.57), 98.2, 1)
near(18 * 3.4, 61, 0)
near(1 / (1 - 0.62), 2.6, 1)

# --- Language models --------------------------------------------------------------------------
BW, FL = 0.7 * 3.35e12, 0.5 * 989e12
W, KV, TOK = 16e9 / BW * 1e3, 131072 / BW * 1e3, 16e9 / FL * 1e3        # ms
near(W, 6.8, 1)
near(KV * 1e3, 0.0559, 4)
near(TOK * 1e3, 32.4, 1)
near(238 / 60 / 0.75, 5.3, 1)
near(1000 / (238 / 60 / 0.75), 189, 0)
near(189 / 50, 3.8, 1)


def step(b, ctx=3600, w=W, kv=KV, tok=TOK):
    return w + kv * b * ctx + tok * b


near(3500 * TOK + W, 120, 0)
near(step(1), 7.1, 1)
near(64 * 3600 * KV, 12.9, 1)
near(64 * TOK, 2.1, 1)
near(step(64), 21.8, 1)
near(step(64) / step(1), 3.1, 1)
near(64 / step(64) * 1e3, 2940, 0)
near(1 / step(1) * 1e3, 142, 0)
near(H[63], 4.74, 2)
near(100 / H[63], 21, 0)
assert 18 * 4 - 45 == 27 and 12 * 4 - 45 == 3                          # figure slots
assert sum([3, 9, 4, 12, 5, 2, 6, 4]) == 45
near(3500 * TOK, 113, 0)
assert 4 * 3500 == 14_000
near(0.04 + 200 * 0.017, 3.4, 1)

# --- Paging -----------------------------------------------------------------------------------
tokens = (80 * 0.9 - 16 - 2) * 1e9 / 131072
near(tokens, 412_000)
near(3600 * 131072 / 1e6, 472, 0)
assert int(tokens / 3600) == 114 and int(tokens / 8192) == 50
near(100 * 3600 / 8192, 44, 0)
near(100 * 8 / 3600, 0.2, 1)
assert 3000 // 16 == 187
near(579 / 111, 5, 0)
near(500 * TOK, 16, 0)
decode = 200 * step(64) / 64
near(decode, 68, 0)
near(500 * TOK + decode, 84, 0)
near(3500 * TOK + decode, 181, 0)
near(1e3 / (500 * TOK + decode), 11.9, 1)
near(1e3 / (3500 * TOK + decode), 5.5, 1)
near(step(579), 142, 0)
near(3600 * TOK, 116, 0)
near(600 * TOK, 19, 0)
near(3600 * 131072 / 50e9 * 1e3, 9, 0)

# --- Speculative decoding ---------------------------------------------------------------------


def spec(b, a, ctx=500, k=4):
    check = W + KV * ctx * b + TOK * b * (k + 1)
    draft = (2e9 + 131072 / 4 * ctx * b) / BW * 1e3 + 2e9 / FL * 1e3 * b
    gain = (1 - a ** (k + 1)) / (1 - a)
    return step(b, ctx), check, draft, gain * step(b, ctx) / (check + k * draft)


for got, want, d in zip(spec(1, 0.8), (6.88, 7.01, 0.86, 2.21), (2, 2, 2, 2)):
    near(got, want, d)
near(7.01 + 4 * 0.86, 10.4, 1)
near(3.36 * 6.88 / 10.4, 2.21, 1)
for got, want, d in zip(spec(256, 0.8), (22.3, 55.4, 3.7, 1.07), (1, 1, 1, 2)):
    near(got, want, d)
near(spec(256, 0.6)[3], 0.73, 2)

# --- Cost -------------------------------------------------------------------------------------
usd = lambda ms: ms * 1e-3 * 3 / 3600 * 1e6                            # per million tokens
near(1e3 / TOK, 30_900, -2)
near(usd(TOK), 0.027, 3)
near(usd(step(64) / 64) / usd(TOK), 10.5, 1)                           # "ten times dearer"
formats = {"bf16": (16, KV, TOK, 131072), "w4": (4.5, KV, TOK, 131072), "fp8": (8, KV / 2, TOK / 2, 65536)}
table = {
    "bf16": [(1, 7.1, 5.88), (16, 10.6, 0.55), (64, 21.8, 0.28), (114, 33.5, 0.24)],
    "w4": [(1, 2.2, 1.79), (16, 5.7, 0.29), (64, 16.9, 0.22), (138, 34.2, 0.21)],
    "fp8": [(1, 3.5, 2.94), (16, 5.3, 0.28), (64, 10.9, 0.14), (262, 34.0, 0.11)],
}
for name, (gb, kv, tok, per_token) in formats.items():
    w = gb * 1e9 / BW * 1e3
    assert int((72 - 2 - gb) * 1e9 / per_token / 3600) == table[name][-1][0]
    for b, ms, price in table[name]:
        t = step(b, 3600, w, kv, tok)
        near(t, ms, 1)
        near(usd(t / b), price, 2)
w4 = lambda b: step(b, 3600, 4.5e9 / BW * 1e3)
near(W / (W + 64 * 3600 * KV), 1 / 3, 1)
near(w4(64) / step(64, 3600, W / 2, KV / 2, TOK / 2), 1.55, 2)
near(step(1) / w4(1), 3.3, 1)
near(step(64) / w4(64), 1.3, 1)
# Tarn Rail's bill
ideal = 0.0842 * 1000 / 3600 * 3
near(ideal, 0.070, 3)
assert 3 * 3 * 24 == 216 and 6 * 86_400 == 518_400
near(216 / 518.4, 0.417, 3)
near(216 / 518.4 / ideal, 5.9, 1)
near(11.87 / 9, 1.32, 2)
near(27 / 20, 1.35, 2)
near(20 / 6, 3.33, 2)
near(11.87 / 9 * 27 / 20 * 20 / 6, 5.9, 1)
near(8 * 2 / 3600 / 14_800 * 1e6, 0.30, 2)
near(8 * 2 / 3600 / 73_700 * 1e6, 0.06, 2)

# --- Scaling ----------------------------------------------------------------------------------
assert 90 + 20 + 16 + 54 == 180 and 12 + 15 + 180 == 207
assert 20 + 12 / 3 == 24 and 20 + 21 / 3 == 27
near(99 * 33 / 2, 1634, 0)
assert (207 - 120) * 33 == 2871
backlog = 99 * 33 / 2 + 2871
near(backlog, 4505, 0)
near(backlog / 27, 167, 0)
near(backlog / (63 - 60) / 60, 25, 0)
near(backlog / (72 - 60) / 60, 6.3, 1)
d, kv_d, ff = 4096, 1024, 14336
lora = 16 * 32 * (2 * d + 2 * (d + kv_d) + 2 * d + 3 * (d + ff))
near(lora / 1e6, 41.9, 1)
near(lora * 2 / 1e6, 84, 0)
near(16 + 100 * lora * 2 / 1e9, 24.4, 1)
near(100_000 * TOK / 1e3, 3.2, 1)
near(60_000 * TOK / 1e3, 2, 0)
near(100 * ttl(60, 60), 52, 0)
near(60 * (1 - ttl(60, 60)), 29, 0)
capped = 500 * TOK + 80 * step(64) / 64
near(500 * TOK, 16.2, 1)
near(step(64) / 64, 0.34, 2)
near(capped, 43, 0)
near(27 * (500 * TOK + decode) / capped, 52, 0)
assert 3**3 == 27
near(3500 * 131072 / 1e6, 459, 0)
near(3500 * 131072 / 50e9 * 1e3, 9, 0)

# --- Exercises --------------------------------------------------------------------------------
near(5 + 3 * 0.5 * 5, 12.5, 1)                                         # 1
near(0.9 * 5 + 0.1 * 50, 9.5, 1)
near(0.150 * 9.5, 1.43)
near((0.9 * 25 + 0.1 * 2500) / 9.5**2 - 1, 2.02, 2)
near(0.76 / 0.24 * (1 + 2.02) / 2 * 9.5, 45, 0)
near(20 / (1 - 0.5), 40, 0)                                            # 2
assert 0.5 * 40 == 20 and 1.5 * 40 == 60
near(1.5 * 20 / (1 - 0.7), 100, 0)
near(100 * (1 - 0.996**50), 18.2, 1)                                   # 3
near(100 * (1 - (1 - 0.004**2) ** 50), 0.08, 2)
near(100 * (1 - 0.998**50), 9.5, 1)
w, kv, tok = 70 / 4.69, 160_000 / 4.69e12 * 1e3, 1.4e11 / 1.978e15 * 1e3   # 4
near(w, 14.9, 1)
near(kv * 1e3, 0.0341, 4)
near(tok * 1e3, 70.8, 1)
t = step(32, 4000, w, kv, tok)
near(t, 21.6, 1)
near(32 / t * 1e3, 1484, 0)
near(6 / 3600 / (32 / t * 1e3) * 1e6, 1.12, 2)
near(H[15], 3.38, 2)                                                   # 5
near(100 / H[15], 29.6, 1)
best = {k: (1 - 0.7 ** (k + 1)) / 0.3 / (1.05 + 0.1 * k) for k in range(1, 9)}   # 6
for k, v in ((2, 1.752), (3, 1.876), (4, 1.913), (5, 1.898)):
    near(best[k], v, 2)
assert max(best, key=best.get) == 4
assert 66 * 22 / 2 == 726 and 12 + 15 + 60 == 87 and 20 + 87 / 3 == 49           # 7
assert 72 * 24 / 2 + 87 * 24 == 2952 and 20 + 48 / 3 == 36
near(2952 / 726, 4, 0)

# --- Listings: each prints exactly what the chapter shows -------------------------------------
pairs = CHAPTER.programs()
assert len(pairs) == 6
for code, shown in pairs:
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.rstrip() == shown.rstrip(), run.stdout
lifo = pairs[5][0].replace("line.popleft()", "line.pop()")             # exercise 8
first = output_of(lifo).split("\n")[0]
assert "[100, 78, 98, 100," in first
says("142 and 2,940", "78 % in the minute of the slowness", "4,505 requests")
print("serving: all figures agree")
