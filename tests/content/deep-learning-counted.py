"""Recomputes every figure of content/deep-learning-counted.md and reruns its listings.

Run: python3 tests/content/deep-learning-counted.py
"""
import re
import subprocess
import sys
from math import exp, isnan, log, sqrt

from lib.chapter import CONTENT, Chapter, output_of

CHAPTER = Chapter("deep-learning-counted")
TEXT, near, says = CHAPTER.text, CHAPTER.rounded, CHAPTER.says


# --- GPT-2 small, used throughout -----------------------------------------------------------------
d, L, heads, T, V = 768, 12, 12, 1024, 50_257
block_n = 12 * d * d + 13 * d
N = L * block_n + 2 * d + (V + T) * d
assert block_n == 7_087_872 and N == 124_439_808
card, tokens = 24 * 2**30 / 1e9, 16 * T
near(4 * N / 1e6, 498, 0)                                         # opening
near(card * 1e9 / (4 * N), 52, 0)

# --- A network is a list of multiply-adds ---------------------------------------------------------
widths = [32, 24, 16, 4]
w = [a * b for a, b in zip(widths, widths[1:])]
assert w == [768, 384, 64] and sum(w) == 1_216
n = sum(w) + sum(widths[1:])
assert (n, 4 * n) == (1_260, 5_040) and 32 * 32 == 1_024
fwd = 32 * sum(w)
assert fwd == 38_912 and 32 * 44 == 1_408 and 32 * 40 == 1_280
assert 2 * fwd + 1_408 + 1_280 == 80_512
near(100 * 2 * fwd / 80_512, 96.7, 1)
near(100 * w[0] / sum(w), 63, 0)                                  # figure net
near(100 * w[1] / sum(w), 32, 0)

# --- One number to make small ---------------------------------------------------------------------
near(log(4), 1.386, 3)
near(log(V), 10.82, 2)
near(log(3.4028235e38), 88.7, 1)


def softmax(z):
    e = [exp(a - max(z)) for a in z]
    return e, [a / sum(e) for a in e]


e, p = softmax([2.0, 1.0, -1.0, 0.5])
for got, want in zip(e, (1, 0.3679, 0.0498, 0.2231)):
    near(got, want, 4)
near(sum(e), 1.6408, 4)
for got, want in zip(p, (0.6095, 0.2242, 0.0303, 0.1360)):
    near(got, want, 4)
loss = log(sum(e)) + 2 - 1
near(loss, 1.4952, 4)
near(-log(p[1]), 1.4952, 4)
grad = [a - (k == 1) for k, a in enumerate(p)]
near(grad[1], -0.7758, 4)
assert abs(sum(grad)) < 1e-12 and loss > log(4)

# --- Why the backward pass costs two forward passes -----------------------------------------------
back = 2 * sum(w) - w[0]
assert back == 1_664
near(back / sum(w), 1.37, 2)

# --- A network with a meter on every operation ----------------------------------------------------
assert 32 * back == 53_248
assert 32 * (44 + 40) + 32 * (7 * 4 + 4) == 3_712 and 32 * 84 == 2_688 and 14 * n == 17_640
near(2 * n * sum(w) / (sum(w) + back), 1_064, 0)
near(2 * N / 3 / 1e6, 83, 0)                                      # GPT-2: steps per nudged gradient
assert 8 * n == 10_080 and 4 * (32 + 24 + 16) == 288 and 32 * 288 == 9_216
assert 16 * n + 9_216 == 29_376
near(29_376, 29_280)
steps = 20 * 512 // 32
near(steps * 2 * (fwd + 53_248) / 1e6, 59, 0)
near(steps * (3_712 + 2_688 + 17_640) / 1e6, 8, 0)
near((59 + 8) / 3.4, 20, 0)
near(42.9e9 / 20e6, 2_000, -3)

# --- SGD and Adam by hand -------------------------------------------------------------------------
m = v = 0.0
sizes = []
for t, g in enumerate((0.2, -0.1, 0.2), 1):
    m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
    mh, vh = m / (1 - 0.9**t), v / (1 - 0.999**t)
    sizes.append((m, v, mh, vh, 0.001 * mh / sqrt(vh)))
for got, want, k in zip(sizes[0], (0.02, 0.00004, 0.2, 0.04, 0.001), (6, 9, 6, 6, 9)):
    near(got, want, k)
for got, want, k in zip(sizes[1], (0.008, 0.00004996, 0.04211, 0.02499, 0.000266), (6, 10, 5, 5, 6)):
    near(got, want, k)
near(sqrt(sizes[1][3]), 0.1581, 4)
for got, want, k in zip(sizes[2], (0.0272, 0.00008991, 0.1004, 0.0300, 0.00058), (6, 8, 4, 4, 5)):
    near(got, want, k)                                            # exercise 3
near(sqrt(sizes[2][3]), 0.1732, 4)
near(28 * N / 1e9, 3.48, 2)
near(28 * N / 1e12 * 1e3, 3.5, 1)
for per, want in ((8, 1.00), (12, 1.49), (16, 1.99)):
    near(per * N / 1e9, want, 2)
train_flops = 3 * (L * (24 * d * d + 4 * T * d) + 2 * d * V)      # matrix products, per token
near(train_flops * T / 1e12, 0.87, 2)
near(train_flops * T / 40e12 * 1e3, 22, 0)
near(100 * 3.48 / (train_flops * T / 40e12 * 1e3), 16, 0)
near(100 * 3.48 / (16 * train_flops * T / 40e12 * 1e3), 1, 0)

# --- Fixed bytes and bytes per example ------------------------------------------------------------
near(16 * n / 288, 70, 0)
kept = 4 * (L * (16 * d + heads * T + 4) + (2 * d + 2) + V)
assert kept == 1_387_020
near(kept * T / 1e9, 1.42, 2)
near(16 * N / (kept * T), 1.4, 1)
assert 4 * n + 4 * (32 + 24) == 5_264 and 16 * n + 288 == 20_448
near(20_448 / 5_264, 3.9, 1)

# --- Keeping numbers in range ---------------------------------------------------------------------
near(1.5**50, 6e8, -8)
assert 1e-9 < (2 / 3) ** 50 < 2e-9
assert 0.5 < (2 / 3) / (1 / sqrt(2)) < 1                          # "a third smaller"
near(sqrt(2), 1.4, 1)
near(1.5**25 / 4.23e3, 6, 0)
near(100 * 8 / (2 * d), 0.5, 1)
assert 1 + 2 * L == 25 and sqrt(25) == 5 and 1 + 24 / 24 == 2

# --- Other layers by the same rules ---------------------------------------------------------------
conv_w, conv_pos = 9 * 64 * 64, 56 * 56
assert (conv_w, conv_pos) == (36_864, 3_136)
assert conv_w * conv_pos == 10_752**2 == 115_605_504              # "exactly as many"
near(4 * conv_w / 1e3, 147, 0)
near(4 * 64 * conv_pos / 1e3, 803, 0)
near(4 * 10_752**2 / 1e6, 462, 0)
near(4 * 10_752 / 1e3, 43, 0)
near(64 * conv_pos / conv_w, 5, 0)
near(16 * conv_w / 1e6, 0.6, 1)
near(16 * 10_752**2 / 1e9, 1.8, 1)


def count_conv(h, c_in, c_out, k):                                # the rule, counted loop by loop
    macs = 0
    for _ in range(h * h):
        for _ in range(c_out):
            for _ in range(c_in):
                macs += k * k
    return macs


assert count_conv(7, 3, 5, 3) == 7 * 7 * 5 * 9 * 3

# A block of width 8 with 2 heads and 5 tokens, number by number: 24 d² + 4 T d FLOPs, and twice that back.
macs = 0


def matmul(A, B):
    global macs
    out = [[0.0] * len(B[0]) for _ in A]
    for i, row in enumerate(A):
        for k, a in enumerate(row):
            for j, b in enumerate(B[k]):
                out[i][j] += a * b
                macs += 1
    return out


def tr(A):
    return [list(c) for c in zip(*A)]


def both_ways(A, B):
    """Forward product, and then the two that its gradients need; returns the product."""
    global macs
    before = macs
    C = matmul(A, B)
    one = macs - before
    matmul(tr(A), C)
    matmul(C, tr(B))
    assert macs - before == 3 * one
    return C


def ones(r, c):
    return [[1.0] * c for _ in range(r)]


dd, hh, tt = 8, 2, 5
x = ones(tt, dd)
qkv = both_ways(x, ones(dd, 3 * dd))
out = [[] for _ in range(tt)]
for h in range(hh):
    q, k, val = ([r[s * dd + h * dd // hh: s * dd + (h + 1) * dd // hh] for r in qkv] for s in range(3))
    mixed = both_ways(both_ways(q, tr(k)), val)
    out = [a + b for a, b in zip(out, mixed)]
both_ways(out, ones(dd, dd))
both_ways(both_ways(x, ones(dd, 4 * dd)), ones(4 * dd, dd))
assert 2 * macs == 3 * tt * (24 * dd * dd + 4 * tt * dd)

# --- A transformer block, line by line ------------------------------------------------------------
# JAX's figures are measured again where JAX is installed (the text used 0.10.2).
JAX_CHECK = """
import jax, jax.numpy as jnp, numpy as np, math
from jax._src.ad_checkpoint import saved_residuals
d, H, T = 768, 12, 1024

def with_rule(f, keep, back):
    g = jax.custom_vjp(f)
    def forward(*a):
        y = f(*a)
        return y, keep(y, *a)
    g.defvjp(forward, back)
    return g

def stats(x):
    m = x.mean(-1, keepdims=True)
    return m, jax.lax.rsqrt(((x - m) ** 2).mean(-1, keepdims=True) + 1e-5)

def norm(x, g, b):
    m, r = stats(x)
    return (x - m) * r * g + b

def norm_back(kept, dy):
    x, m, r, g = kept
    h, dh = (x - m) * r, dy * g
    dx = r * (dh - dh.mean(-1, keepdims=True) - h * (dh * h).mean(-1, keepdims=True))
    return dx, (dy * h).sum(0), dy.sum(0)

def softmax_back(p, g):
    return (p * (g - (p * g).sum(-1, keepdims=True)),)

rules = (with_rule(norm, lambda y, x, g, b: (x, *stats(x), g), norm_back),
         with_rule(lambda x: jax.nn.softmax(x), lambda y, x: y, softmax_back),
         with_rule(lambda x: jax.nn.gelu(x), lambda y, x: x, lambda x, g: (jax.vjp(jax.nn.gelu, x)[1](g)[0],)))
plain = (norm, jax.nn.softmax, jax.nn.gelu)
mask = np.where(np.tril(np.ones((T, T), bool)), 0, -1e9).astype(np.float32)

def block(fs, p, x):
    norm, softmax, gelu = fs
    qkv = norm(x, p["g1"], p["b1"]) @ p["qkv"] + p["qkv_b"]
    q, k, v = (t.reshape(T, H, d // H).transpose(1, 0, 2) for t in jnp.split(qkv, 3, -1))
    a = softmax(q @ k.transpose(0, 2, 1) / math.sqrt(d // H) + mask) @ v
    x = x + a.transpose(1, 0, 2).reshape(T, d) @ p["o"] + p["o_b"]
    return x + gelu(norm(x, p["g2"], p["b2"]) @ p["up"] + p["up_b"]) @ p["down"] + p["down_b"]

shapes = dict(g1=(d,), b1=(d,), g2=(d,), b2=(d,), qkv=(d, 3 * d), qkv_b=(3 * d,), o=(d, d), o_b=(d,),
              up=(d, 4 * d), up_b=(4 * d,), down=(4 * d, d), down_b=(d,))
p = {k: jax.ShapeDtypeStruct(s, jnp.float32) for k, s in shapes.items()}
x = jax.ShapeDtypeStruct((T, d), jnp.float32)
for fs in (rules, plain):
    saved = saved_residuals(lambda p, x: block(fs, p, x), p, x)
    print(sum(a.size * a.dtype.itemsize for a, why in saved if "argument p" not in why) / T / 1e3)
f = lambda p, x: block(rules, p, x)
def both(p, x):
    y, back = jax.vjp(f, p, x)
    return y, back(x)
one, two = (jax.jit(h).lower(p, x).compile().cost_analysis()["flops"] for h in (f, both))
print(one / T / 1e6, two / one)
"""
try:
    import jax  # noqa: F401
    lean, full, mflop, ratio = map(float, subprocess.run(
        [sys.executable, "-c", JAX_CHECK], capture_output=True, text=True, check=True).stdout.split())
    near(lean, 98.32, 2)
    near(full, 209.0, 1)
    near(mflop, 17.43, 2)
    near(ratio, 2.99, 2)
except ImportError:
    print("jax is missing: the figures of JAX and XLA were not measured again")
near(4 * (16 * d + heads * T + 4) / 1e3, 98.32, 2)
near(4 * T * d / (24 * d * d) * 100, 22, 0)
assert 6 * d == 4_608 and 6 * 4_096 == 24_576
near(2 * V * d / 1e6, 77.2, 1)
near(train_flops / 3 / 1e6, 284.8, 1)
near(train_flops / 1e6, 854.4, 1)
assert 2 * V * d / (train_flops / 3) > 0.25
near(6 * N / 1e6, 746.6, 1)
near(100 * (1 - 6 * N / train_flops), 13, 0)
near(6 * L * block_n / 1e6, 510, 0)
near(train_flops * tokens / 1e12, 14.0, 1)
assert 34 - 2 == 2 * 16 and 5 - 3 == 2                            # Korthikanti without dropout
assert heads * T == 16 * d and 16 * d // heads == 1_024
f_block = 24 * d * d + 4 * T * d + 16 * d + 5 * T * heads + 40 * d + 2 * d
near(100 * (16 * d * d + 40 * d) / f_block, 54, 0)                # figure ledger
near(100 * 5 * T * heads / f_block, 0.4, 1)
near(100 * heads * T / (16 * d + heads * T + 4), 50, 0)
near(100 * (2 * d + 2 + 8 * d) / (16 * d + heads * T + 4), 31, 0)

# --- Worked example: where the 24 GiB went --------------------------------------------------------
state = 16 * N / 1e9
probs = L * 4 * heads * T * tokens / 1e9
rest = L * 4 * (16 * d + 4) * tokens / 1e9
final = 4 * (2 * d + 2) * tokens / 1e9
vocab = 4 * V * tokens / 1e9
assert 4 * heads * T == 49_152 and 4 * (16 * d + 4) == 49_168 and 2 * d + 2 == 1_538 and tokens == 16_384
for got, want in ((state, 1.99), (probs, 9.66), (rest, 9.67), (final, 0.10), (vocab, 3.29), (2 * vocab, 6.59)):
    near(got, want, 2)
total = state + probs + rest + final + 3 * vocab
near(total, 31.30, 2)
near(card, 25.77, 2)
near(state + (total - state) / 2, 16.65, 2)
near((total - state) / 16, 1.832, 3)
near((card - state) / ((total - state) / 16), 12.98, 2)
near((probs + rest) / 2, 9.67, 2)
near(16 * 6 * block_n / 1e9, 0.68, 2)
near(total - (probs + rest) / 2 - 16 * 6 * block_n / 1e9, 20.96, 2)
near(8 * N / 1e9, 0.996, 3)
near(total - 8 * N / 1e9, 30.3, 1)
assert 8 * N / 1e9 < (total - state) / 16                         # "by less than one sequence"
near(3 * vocab * (1 - 5_000 / V), 8.90, 2)
near(16 * (V - 5_000) * d / 1e9, 0.56, 2)
near(total - 3 * vocab * (1 - 5_000 / V) - 16 * (V - 5_000) * d / 1e9, 21.85, 2)
flash = probs - L * 4 * heads * tokens / 1e9
near(flash, 9.65, 2)
near(total - flash, 21.6, 1)
near(3 * vocab, 9.88, 2)
near(3 * vocab, 9.9, 1)
lean = total - flash - 3 * vocab
near(lean, 11.8, 1)
assert (card - state - 512 * 12 * V / 1e9) / ((lean - state) / 16) > 36

# --- Pitfalls, What changed lately ----------------------------------------------------------------
near(log(exp(1) + 3) - 1, 0.744, 3)
near(100 * 5 * d / tokens, 23, 0)
near(100 * 5 * d / 524_288, 0.7, 1)
near(4 * L * 12 * d * d / 1e6, 340, 0)

# --- Exercises ------------------------------------------------------------------------------------
assert 100 * 50 + 50 * 10 == 5_500 and 5_500 + 60 == 5_560 and 2 * 5_500 - 5_000 == 6_000      # 1
near(6_000 / 5_500, 1.09, 2)
assert 12 * 5_560 == 66_720
near(66_720 / 600, 111, 0)
e, _ = softmax([1000, 1001, 999])                                                              # 2
near(sum(e), 1.5032, 4)
near(log(sum(e)) + 1, 1.4076, 4)
assert isnan(float("inf") / float("inf"))
assert 16 * 4_096 // 32 == 2_048                                                               # 4
assert 25 * 3 * 32 == 2_400 and 112 * 112 == 12_544                                            # 5
near(2_400 * 12_544 / 1e6, 30.1, 1)
near(224 * 224 * 3 * 4 / 1e3, 602, 0)
near(log(10), 2.303, 3)                                                                        # 6
near(28 * 64e6 / 1e9, 1.79, 2)                                                                 # 7
near(256 * 64 * 4 / 1e3, 65.5, 1)
near(28 * 256 * 64 / 1e3, 459, 0)
near(1e6 / 256, 3_906, 0)
assert 2 * fwd == 77_824 and 2 * 53_248 == 106_496 and 64 * 288 == 18_432                      # 8
assert 29_280 - 15_120 - 1_872 == 12_288 and 15_120 + 1_872 + 2 * 12_288 == 41_568
near(100 * (41_568 / 29_280 - 1), 42, 0)

# --- The listings, rerun against the output printed below them ------------------------------------
listings = CHAPTER.programs()
assert len(listings) == 4
(pump, pump_out), (check, check_out), (depth, depth_out), (block, block_out) = listings
batch64 = pump.replace("i:i + 32", "i:i + 64").replace("512, 32)", "512, 64)").replace("range(1, 21)", "range(1, 2)")
for code, want in ((pump + check, pump_out + check_out), (depth, depth_out), (block, block_out), (batch64, None)):
    got = output_of(code)
    if want:
        assert got.strip() == want.strip(), got
    else:
        assert "41568" in got and "77,824" in got, got

# --- House keeping: anchors, glossary links, figures ----------------------------------------------
for name in re.findall(r"\{\{#include (figures/[\w-]+\.svg)\}\}", TEXT):
    assert (CONTENT / name).exists(), name
links = re.findall(r"glossary\.md#([\w-]+)", TEXT)
assert len(links) == len(set(links)), [x for x in links if links.count(x) > 1]
says("98.32 kB a token", "29,280", "31.30")
print("deep-learning-counted: all figures agree")
