"""Recomputes the figures of content/frameworks-and-compilers.md. Plain python3, no packages.

The chapter's own code blocks (all of Weft except its runtime, which needs numpy and gcc) are taken
from the text, executed in order, and their output compared with the text block that follows.
Timings are measurements; only what the text derives from them is checked.
"""
import contextlib, io, itertools, math, pathlib, re

md = (pathlib.Path(__file__).resolve().parents[2] / "content/frameworks-and-compilers.md").read_text()
checks = 0

def near(got, said, tol=0.006):
    global checks
    checks += 1
    assert abs(got - said) <= tol * abs(said) + 1e-12, (got, said)

def says(text):
    global checks
    checks += 1
    assert text in md, text

# --- the code of the chapter -------------------------------------------------------------------
blocks = re.findall(r"```python\n(.*?)```(?:\n\n```text\n(.*?)```)?", md, re.S)
ns, ran = {}, 0
for code, text in blocks:
    if "import jax" in code or "import numpy" in code or code.startswith("0.5"):
        continue
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(code, ns)
    assert out.getvalue().strip("\n") == text.strip("\n"), (out.getvalue(), text)
    ran += 1
assert ran == 5, ran
fuse, arena, ops, size, outs, loss = (ns[k] for k in ("fuse", "arena", "ops", "size", "outs", "loss"))

# --- opening table, two taxes ------------------------------------------------------------------
numpy64, jax64, jit64, weft64 = 4.0, 66.6, 4.2, 8.9           # µs, measured
numpyL, jaxL, jitL, weftL = 10.8, 13.9, 2.4, 2.2              # ms, measured
near(jax64 / numpy64, 17, .03); near(jaxL / weftL, 6, .06)
x = ns["T"]("input", shape=(8, 8), attr="x")
g = ops([ns["gelu"](x)])
assert len(g) == 9                                            # nine operators
arrays = [sum(a.op != "const" for a in n.args) for n in g]
assert arrays.count(1) == 5 and arrays.count(2) == 4          # five read one array, four read two
assert sum(4 * (a + 1) for a in arrays) == 88
near(numpy64 / 9, .44, .02); near(jax64 / 9, 7.4, .01)
near(88 * 4194304 / 1e6, 369); near(8 * 4194304 / 1e6, 34, .02); near(88 / 8, 11)

# --- queue -------------------------------------------------------------------------------------
near(6e-6 * 3.35e12 / 1e6, 20, .01)
def run(h, ks):
    host = end = 0
    for k in ks:
        host += h; end = max(host, end) + k
    return end
assert run(6, [2] * 6) == 38 and run(6, [2, 2]) == 14 and run(6, [2 + 2]) == 10   # figure

# --- worked example: 25 tokens a second, or 107 ------------------------------------------------
near(6.7e9 * 2 / 2e12 * 1e3, 6.7); near(1e3 / 25.5, 39.2); near(1e3 / 107, 9.3)
assert 1 - 6.7 / 39.2 > .8
near(1e3 / 107 / 6.7, 1.4, .01); assert 40 * 32 == 1280; near(39.2e3 / 1280, 31, .02)

# --- autodiff, simplification ------------------------------------------------------------------
grads = ns["grads"]
assert len(ops([loss])) == 17 and len(ops([loss] + grads)) == 43
assert len(ops(outs)) == 41 and len(ops(outs[1:])) == 38
assert 9 + 4 + 4 == 17                                        # StableHLO: operators, constants, broadcasts

# --- fusion ------------------------------------------------------------------------------------
moved, done, plans = [], [], [fuse(outs, m) for m in (0, 1, 2)]
for p in plans:
    loops = [s for s in p if s[0]]
    moved.append(sum(size(n) for s in loops for n in s[1] + s[3]))
    done.append(sum(s[0][0] * s[0][1] for s in loops for n in s[2] if n.op not in ("const", "fill")))
assert [len(p) for p in plans] == [41, 9, 9]
near(done[2] / done[1] - 1, .31, .02); near(1 - moved[2] / moved[1], .66, .01)
loopA = plans[1][1]; loopC = next(s for s in plans[1][3:] if s[0] == (2048, 1024))
assert len(loopA[3]) == 7 and all(size(n) == 8388608 for n in loopA[3])           # stores seven
assert sum(n in loopA[3] for n in loopC[1]) == 6                                  # reads six back
assert len(loopA[1] + loopA[3]) == 9 and len(plans[2][1][2]) == 14                # nine arrays; figure
assert [len(s[2]) for s in plans[2] if s[0]] == [14, 9, 2, 30]                    # figure
near(moved[0] / moved[2], 12.5); near(16.7 / 3.5, 4.8, .01); near(70.3 / 58.7, 1.20)
near(54.2 / 16.7, 3.2, .02); near(14.9 / 70.3, .21, .02)
assert 2048 * 256 == 524288

# the sum of 524,288 squares taken one after the other in float32 (emulated)
import random, struct
f32 = lambda v: struct.unpack("f", struct.pack("f", v))[0]
random.seed(1); s32 = s64 = 0.0
for _ in range(524288):
    v = f32((1.7 * random.gauss(0, 1)) ** 2); s64 += v; s32 = f32(s32 + v)
assert 3e-5 < abs(s32 / s64 - 1) < 1e-3

# --- worked example: the same plan on another machine ------------------------------------------
flop = 5 * 2 * 2048 * 256 * 1024
near(flop / 1e9, 5.37); tp = flop / 989e12 * 1e6; near(tp, 5.4)
tl = [m / 2 / 3.35e12 * 1e6 for m in moved]
for t, said in zip(tl, (89.8, 21.0, 7.2)): near(t, said)
for t, said in zip(tl, (95.3, 26.4, 12.6)): near(t + tp, said)
near(tl[0] / (tl[0] + tp), .94, .01); near((tl[0] + tp) / (tl[2] + tp), 7.6, .01)
assert 41 * 6 == 246 and 9 * 6 == 54

# --- memory ------------------------------------------------------------------------------------
a = [arena(p, outs) for p in plans]
assert all(x[2] == x[3] for x in a)                           # greedy reaches the bound
near(sum(map(size, a[0][1])) / a[0][2], 3.2, .01)
near(1 - moved[1] / moved[0], .75, .03); near(a[2][2] / a[1][2], .46, .01)
assert [len(x[1]) for x in a] == [36, 13, 7]
def pack(bufs):
    out = {}
    for n in sorted(bufs, key=lambda n: -bufs[n][0]):
        s, b, e = bufs[n]; at = 0
        for m in sorted(out, key=out.get):
            t, c, d = bufs[m]
            if c <= e and b <= d and at + s > out[m]: at = max(at, out[m] + t)
        out[n] = at
    return out, max(out[n] + bufs[n][0] for n in out), max(sum(s for s, b, e in bufs.values() if b <= t <= e) for t in range(9))
four = dict(B=(6, 4, 5), C=(5, 1, 2), E=(4, 1, 3), D=(3, 3, 4))
assert pack(four) == (dict(B=0, C=0, E=5, D=9), 12, 9)
better = dict(B=3, C=0, E=5, D=0)
for m, n in itertools.combinations(four, 2):
    (s, b, e), (t, c, d) = four[m], four[n]
    if b <= d and c <= e: assert better[m] + s <= better[n] or better[n] + t <= better[m]
assert max(better[n] + four[n][0] for n in four) == 9

# --- layout ------------------------------------------------------------------------------------
t = [(90, 60), (25, 50), (70, 40), (60, 35)]
tr = [2 * mb / 51 * 1e3 for mb in (.3, .8, .8, .4)]
for got, said in zip(tr, (11.8, 31.4, 31.4, 15.7)): near(got, said)
def cost(way):
    c = prev = 0
    for i, w in enumerate(way): c += t[i][w] + (tr[i] if w != prev else 0); prev = w
    return c
near(cost((1, 0, 1, 1)), 234.5, .001); near(cost((1, 1, 1, 1)), 196.8, .001); assert cost((0,) * 4) == 245
assert min(itertools.product((0, 1), repeat=4), key=cost) == (1, 1, 1, 1)

# --- autotuning (measured GFLOP/s) -------------------------------------------------------------
speed = dict(zip(itertools.product((1, 2, 3, 4, 6, 8, 12, 16), (1, 2, 3, 4, 6)), (
    21.1, 29.6, 33.3, 33.5, 37.5, 28.6, 41.2, 47.1, 44.3, 46.4, 30.7, 46.2, 55.0, 54.8, 55.9,
    67.9, 52.3, 52.9, 59.5, 60.6, 87.6, 107.6, 112.1, 111.7, 53.4, 103.6, 108.1, 112.4, 110.0, 52.8,
    107.1, 109.7, 85.0, 58.5, 42.3, 109.0, 110.9, 60.7, 48.0, 41.1)))
fits = {k for k in speed if k[0] * k[1] + k[1] + 1 <= 32}
loads = lambda k: (k[0] + k[1]) / (k[0] * k[1])
assert sorted(k for k in fits if loads(k) < min(map(loads, fits)) + 1e-9) == [(4, 6), (6, 4)]
near(loads((6, 4)), .42, .01); assert (speed[6, 4], speed[4, 6], speed[8, 4], speed[4, 4]) == (111.7, 60.6, 110.0, 59.5)
assert 8 * 4 + 4 + 1 == 37 and (8, 4) not in fits
best = max(speed.values()); assert sum(v > .95 * best for v in speed.values()) == 10
near(1 - .75 ** 8, .90)
flop = 2 * 768 ** 3; slow, fast = flop / 59.5e6, flop / best / 1e6
near(slow, 15.2); near(fast, 8.1); near(23.1e3 / (slow - fast), 3200, .01)

# --- shapes ------------------------------------------------------------------------------------
near(.2155 / .0025, 86)
lin = lambda r: r * math.log(r) / (r - 1)
quad = lambda r: 2 * r * r * math.log(r) / (r * r - 1)
near(lin(2), 1.39); near(quad(2), 1.85); near(lin(1.25), 1.12); near(quad(1.25), 1.24)
assert math.log2(4096 / 16) == 8 and math.ceil(math.log(256) / math.log(1.25)) == 25
n = 200000                                                    # the formula by summing over a bucket (1, 2]
w = [1 + (i + .5) / n for i in range(n)]
near(2 * sum(1 / v for v in w) / sum(v / v for v in w), lin(2), .001)
near(4 * sum(1 / v for v in w) / sum(v * v / v for v in w), quad(2), .001)
near(math.log(256), 5.55); near(math.log(256) / 2, 2.77)
near(math.sqrt(36000 * 2.77 / 40), 50)
extra = lambda n: 40 * n + 36000 * (lin(256 ** (1 / n)) - 1)
near(extra(8) / 3600, 4.0, .02); near(extra(25) / 60, 86); near(extra(50) / 60, 67); near(4081 * 40 / 3600, 45, .01)

# --- reading -----------------------------------------------------------------------------------
assert 134217728 == 8 * 16777216

# --- exercises ---------------------------------------------------------------------------------
assert 3 * 8 + 12 == 36 and 36 / 8 == 4.5                                            # 1
assert 100 * 150 + 800 * 4 == 18200 and 900 * 8 == 7200 and 200 * 8 + 15000 == 16600 and 300 * 8 == 2400   # 2
near(run(8, [4] * 800 + [150] * 100), 18200 + 3200, .001)
xs = [[i + .1 * j for j in range(3)] for i in range(4)]; b = [.3, .5, .7]            # 3
for j in range(3):
    L = lambda bj: sum((xs[i][j] + bj) ** 2 for i in range(4))
    near((L(b[j] + 1e-5) - L(b[j] - 1e-5)) / 2e-5, 2 * sum(xs[i][j] + b[j] for i in range(4)), 1e-5)
T_, grad_, total_, simplify_ = (ns[k] for k in ("T", "grad", "total", "simplify"))
X, Bv = T_("input", shape=(100, 10), attr="x"), T_("input", shape=(1, 10), attr="b")
s_ = X + Bv; gb = simplify_(grad_(total_(s_ * s_), [Bv]))
assert [n.op for n in ops(gb)].count("*") == 1 and gb[0].shape == (1, 10)
assert 4 * 40 == 160 and 3 * 40 == 120                                               # 4
Y = ns["tanh"](T_("input", shape=(100, 10), attr="x"))                               # same graph with tanh for exp
Z = (Y * 2) * total_(Y)
for m, said in ((1, 4), (2, 3)):
    p = fuse([Z], m)
    assert len(p) == 2 and sum(size(n) == 4000 for s in p for n in s[1] + s[3]) == said
assert pack({0: (8, 1, 2), 1: (5, 2, 4), 2: (4, 3, 5), 3: (3, 5, 6)}) == ({0: 0, 1: 8, 2: 0, 3: 4}, 13, 13)   # 5
near(48 * 40 / 1e3, 1.92); near(5400 / .00192 / 1e6, 2.8, .01); near(5400 / .00192 / 64, 43900, .002)         # 6
near(math.log(8) / math.log(2 ** .5), 6); near(math.log(8) / math.log(2 ** .25), 12)                         # 7
near(quad(2 ** .5), 1.39); near(quad(2 ** .25), 1.18); near(1 - quad(2 ** .25) / quad(2 ** .5), .15, .03)

for text in ("8.9 µs | 2.2 ms", "| 16.7 | 72.7 |", "| 3.5 | 58.7 |", "23.1 s for all forty"): says(text)
print(f"ok: {ran} code blocks, {checks} figures")
