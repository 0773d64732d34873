#!/usr/bin/env python3
"""Recomputes the figures of content/making-models-small.md and checks that the chapter prints them.

Plain Python for all arithmetic. The listings are run as well: the NumPy ones if NumPy is there,
the C ones are compiled if a C compiler is there.
"""
import contextlib
import io
import math
import os
import random
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from lib.chapter import Chapter

CHAPTER = Chapter("making-models-small", flat=True)
TEXT, near, says = CHAPTER.text, CHAPTER.within, CHAPTER.says


def db(ratio):
    return 10 * math.log10(ratio)


# --- opening scene, and "a ceiling on decoding speed" ---
N, BW = 7e9, 100e9
def size(bits): return N * bits / 8
says(f"the weights take {size(32)/1e9:.0f} GB and do not fit", f"they take {size(16)/1e9:.0f} GB",
     f"they take {size(4.5)/1e9:.2f} GB", f"$100/14 = {BW/size(16):.1f}$", f"is {BW/size(4.5):.1f} tokens a second")
assert 250_000 * 4 == 1_000_000
kv_token = 32 * 2 * 4096 * 2
kv = kv_token * 4096
says(f"= {kv_token:,}$ bytes", f"{kv/1e9:.2f} GB at 4,096 tokens")
for name, bits in (("float16", 16), ("8-bit blocks", 8.5), ("4-bit blocks", 4.5)):
    s = size(bits)
    says(f"| {name} | {bits:g} | {s/1e9:.2f} | {BW/s:.1f} | {BW/(s+kv):.1f} |")
says(f"a factor of {(size(16)+kv)/(size(4.5)+kv):.2f} instead of {16/4.5:.2f}")
near(kv / (size(4.5) + kv), 0.35, 0.01)                       # "a third of the traffic"

# --- bytes decide time, energy and fit ---
near(64 / 16e9 * 1e9, 4, 0)                                   # ns for a cache line
says(f"could have done {4 * 2.6 * 16:.0f}")
says(f"{4 * 16384 * 4096 / 1e6:.1f} MB", f"{16384 * 4096 / 1e6:.1f} MB")
near(0.9 + 3.7, 4.6, 1e-9), near(0.03 + 0.2, 0.23, 1e-9), near(4.6 / 0.23, 20, 1e-9)
says(f"at least {1300 / 2:.0f} pJ, or {650 / 4.6:.0f} times")

# --- what a number format buys ---
assert (2 - 2**-10) * 2**15 == 65504                          # largest float16
near((2 - 2**-23) * 2.0**127 / 1e38, 3.4, 0.01)               # largest float32 (figure)

# --- one activation tensor in int8 ---
s = 4.0 / 255
says(f"$s = 4.0/255 = {s:.6f}$", f"= {-128 + 0.7/s:.3f}$, so $z = {round(-128 + 0.7/s)}$")
z = -83
says(f"means $-45s = {-45*s:.4f}$", f"means $210s = {210*s:.4f}$")
assert -128 - z == -45 and 127 - z == 210 and 3.3 - 210 * s < s / 2
says(f"$x/s = {1/s:.2f}$ rounds to 64, so $q = {64 + z}$", f"64 s = {64*s:.4f}$", f"The error {64*s-1:.4f}", f"$s/2 = {s/2:.4f}$")
says(f"$x/s = {5/s:.2f}$ gives $319 - 83 = {319-83}$", f"The error is {5-210*s:.2f}")
assert (5 - 210 * s) / (s / 2) > 200

# --- rounding noise and the 6 dB rule ---
says(f"{db(4):.2f}\\,b")
says(f"${db(4**8):.1f} - {-db(3/16):.1f} = {db(4**8 * 3/16):.1f}$ dB")
near(math.log2(2), 1, 0)
says(f"= {-db(10**-4.24 + 10**-4.55):.1f}$ dB at the output")

# --- rounding against clipping ---
def gauss(x): return math.exp(-x * x / 2) / math.sqrt(2 * math.pi)
def laplace(x): return math.exp(-abs(x) * math.sqrt(2)) / math.sqrt(2)

def quantizer_error(t, bits, density, steps=4000, top=14.0):
    levels = 2 ** (bits - 1) - 1
    s, h = t / levels, top / steps
    rounding = clipped = 0.0
    for i in range(steps):
        x = (i + 0.5) * h
        p = 2 * density(x) * h
        if x <= t:
            rounding += p * (x - s * round(x / s)) ** 2
        else:
            clipped += p * (x - t) ** 2
    return rounding, clipped

def best(bits, density):
    return min((sum(quantizer_error(t / 100, bits, density)), t / 100) for t in range(100, 761, 4))

for bits in (2, 3, 4, 6, 8):
    (eg, tg), (el, tl) = best(bits, gauss), best(bits, laplace)
    says(f"| {bits} | {tg:.1f} σ | {-db(eg):.1f} dB | {tl:.1f} σ | {-db(el):.1f} dB |")
    if bits == 4:
        says(f"at 4 bits the best threshold is {tg:.2f}", f"loses {db(el/eg):.1f} dB")
        four = -db(eg)
    if bits == 8:
        says(f"at 8 bits it is {tg:.2f}", f"about {(-db(eg) - four)/4:.1f} dB instead of 6.02")

# --- symmetric or asymmetric ---
says(f"$s = 6/127 = {6/127:.4f}$ instead of $6/255 = {6/255:.4f}$, a ratio of {255/127:.2f}")
near(6 / 7, 0.857, 0.001)                                     # figure

# --- who shares a scale ---
for label, block, size_bytes in (("int4, one float16 scale per row of 4,096", 4096, 2048 + 2),
                                 ("int4, groups of 128, float16 scale and 4-bit zero-point", 128, 64 + 2 + 0.5),
                                 ("MXFP4", 32, 16 + 1), ("Q4_0", 32, 16 + 2), ("NVFP4", 16, 8 + 1), ("Q8_0", 32, 32 + 2)):
    bits = size_bytes * 8 / block
    says(f"| {label} | {block:,} | {size_bytes:,} | {f'{bits:.3f}'.rstrip('0')} |")

# --- predicting Q4_0 ---
def mean_square_of_max(n):
    h, total, x = 1e-3, 0.0, 5e-4
    while x < 9:
        total += x * x * n * math.erf(x / math.sqrt(2)) ** (n - 1) * 2 * gauss(x) * h
        x += h
    return total

m2 = mean_square_of_max(32)
says(f"\\mathbb{{E}}[m^2] = {m2:.2f}$", f"= {m2/64/12:.5f}", f"\\text{{SQNR}} = {db(64*12/m2):.1f}\\ \\text{{dB}}")
big = mean_square_of_max(1024 * 4096)
says(f"has to reach {math.sqrt(big):.2f} standard", f"the step is {math.sqrt(big)/7:.3f}", f"predicts {db(12*49/big):.2f} dB")
near(db(64*12/m2) - db(12*49/big), 8, 0.05)

# --- why sums are int32 ---
says(f"{128*128:,}$", f"{(2**31-1)//(128*128):,}")
assert 128 * 128 <= 32767 < 2 * 128 * 128 == 32768
assert 2 * 128 * 127 <= 32767 < 3 * 128 * 127
says(f"worst product is {128*127:,}", f"which {2**24//(128*127):,} products", f"worst product is {8*127:,}", f"at most {32*8*127:,}")
assert 32 * 8 * 127 <= 32767

# --- the multiplier for M = 0.003 ---
near(0.05 * 0.006 / 0.1, 0.003, 1e-12), near(0.003 * 2**8, 0.768, 1e-12)
says(f"$833 \\cdot 0.768 = {833*0.768:.2f}$", f"$640/256 = {640/256}$", "exact value is 2.499")

# --- calibration ---
def calibration_samples():
    r = random.Random(3)
    return [r.expovariate(math.sqrt(2)) for _ in range(50_000)] + [40.0] * 10

def squared_error(x, t, levels):
    s, e = t / levels, 0.0
    for v in x:
        e += (v - min(levels, round(v / s)) * s) ** 2
    return e / len(x)

def entropy_threshold(x, levels, bins=2048):
    top = max(x)
    width, h = top / bins, [0] * bins
    for v in x:
        h[min(bins - 1, int(v / width))] += 1
    best_kl, best_t = math.inf, top
    for i in range(levels + 1, bins + 1, 16):
        p, q = h[:i], [0.0] * i
        for k in range(levels + 1):
            a, b = k * i // (levels + 1), (k + 1) * i // (levels + 1)
            full = [j for j in range(a, b) if h[j]]
            for j in full:
                q[j] = sum(h[a:b]) / len(full)
        p[-1] += sum(h[i:])
        P, Q = sum(p), sum(q)
        kl = sum(a / P * math.log(a / P / (b / Q if b else 1e-9)) for a, b in zip(p, q) if a)
        if kl < best_kl:
            best_kl, best_t = kl, i * width
    return best_t

x = calibration_samples()
ordered, ordinary = sorted(x), [v for v in x if v < 39]
power, power_ordinary = (sum(v * v for v in y) / len(y) for y in (x, ordinary))
assert ordered[int(len(x) * 0.9999)] == 40.0                  # "99.99 would not have cut anything"
rules = {"min–max": (ordered[-1], 1), "MSE": (min((t / 10 for t in [*range(30, 100, 10), *range(360, 401, 2)]),
         key=lambda t: squared_error(x, t, 127)), 1), "percentile 99.9": (ordered[int(len(x) * 0.999)], 2),
         "entropy": (entropy_threshold(x, 127), 2)}
bulk = {}
for rule, (t, digits) in rules.items():
    bulk[rule] = db(power_ordinary / squared_error(ordinary, t, 127))
    says(f"| {rule} | {t:.{digits}f} | {t/127:.3f} | {db(power/squared_error(x, t, 127)):.1f} dB | {bulk[rule]:.1f} dB |")
near(bulk["entropy"] - bulk["min–max"], 15, 0.3), near(15 / db(4), 2.5, 0.05)

# --- outliers in transformers (SmoothQuant) ---
d_out, d_in = math.sqrt(60 / 0.5), math.sqrt(4 / 0.5)
says(f"= {d_out:.2f}$", f"now reach {60/d_out:.2f}", f"= {d_in:.2f}$ and reach {4/d_in:.2f}")
ratio = (60 / d_out) / (4 / d_in)
near(0.5 * d_out / (0.5 * d_in), ratio, 1e-9)                 # weights get the same ratio
says(f"stands {ratio:.1f} times", f"\\log_2(15/{ratio:.2f}) = {math.log2(15/ratio):.2f}$")

# --- when weight-only quantization stops helping ---
ridge = 1000 / 3.3
says(f"below {ridge:.0f} operations", f"$n = 303 \\cdot 4.5/16 = {ridge*4.5/16:.0f}$", f"are {16/4.5:.2f} times faster")
near(math.sqrt(0.95 * 0.05 / 10_000) * 100, 0.2, 0.02)        # standard error of the experiment

# --- the price of knowing where the zeros are ---
row = " | ".join(f"$d < {f'{b/(b+16):.3f}' if b != 4 else '0.2'}$" for b in (32, 8, 4))
says(f"| {row} |")
says(f"$d < {1-1/32:.3f}$ | $d < {1-1/8:.3f}$ | $d < {1-1/4:.2f}$")
says(f"to {(32+2)/2/32:.0%}".replace("%", " %"), f"to {(8+2)/2/8*100:.1f} %", f"to {(4+2)/2/4*100:.0f} %")
assert 1 + 0.5 * 8 == 5 == (8 + 2) / 2

# --- smaller is not faster: the table follows from its own milliseconds ---
for density, one, up1, many, up32 in (("50", 14.07, "0.77", 234.58, "0.29"), ("30", 9.15, "1.2", 144.72, "0.47"),
                                      ("20", 6.58, "1.6", 100.12, "0.68"), ("10", 2.40, "4.5", 50.80, "1.3"),
                                      ("5", 1.31, "8.2", 24.55, "2.8")):
    near(10.79 / one, float(up1), 0.06), near(68.01 / many, float(up32), 0.05)
    says(f"| {density} % | {one:.1f} ms | {up1} | {many:.1f} ms | {up32} |")
near(4 / 6, 0.67, 0.005)
near(0.1 * 16384 * 4096 * 6 / 1e6, 40, 0.5)                   # MB of the sparse matrix at 10 %
def crossing(d1, s1, d2, s2):                                 # log–log interpolation to speed-up 1
    return math.exp(math.log(d1) + (math.log(d2) - math.log(d1)) * (-math.log(s1)) / (math.log(s2) - math.log(s1)))
near(crossing(0.4, 10.79 / 11.82, 0.3, 10.79 / 9.15), 0.36, 0.006)
near(crossing(0.15, 68.01 / 76.35, 0.1, 68.01 / 50.80), 0.13, 0.006)

# --- distillation and low rank ---
assert 256 * (1024 + 1024) * 2 == 1024 * 1024
near(db(1 / (1 - 0.6227)), 4.2, 0.05)                         # 62.27 % of the energy, checked below with NumPy

# --- is 0.4 points a loss? ---
says(f"= {math.sqrt(2*0.76*0.24/1e4)*100:.2f}$ points", f"= {(180-140)**2/(180+140):.1f},", f"= {math.sqrt(320)/1e4*100:.2f}$ points", f"{320/1e4:.1%}".replace("%", " %"))

# --- pitfalls ---
says(f"make {2*255*127:,}", f"makes {2*127*127:,}")
assert 2 * 127 * 127 <= 32767 < 2 * 255 * 127

# --- exercises ---
s = 4 / 255                                                    # 1
says(f"+ {1/s:.2f} = {-128+1/s:.2f}$, so $z = -64$", f"$-64s = {-64*s:.4f}$", f"$191s = {191*s:.4f}$", f"$0.5/s = {0.5/s:.3f}", f"32s = {32*s:.5f}$", f"the error is {32*s-0.5:.5f}")
says(f"\\log_{{10}}1.5 = {2*db(1.5):.1f}$ dB", f"= {math.log2(1.5):.2f}$ bits", f"or {-db((4/127)**2/12):.1f} dB")   # 2
clip3 = quantizer_error(3.0, 8, gauss)[1]
near(clip3, 0.00041, 0.00001)
three = (3 / 127) ** 2 / 12 + 0.00041
says(f"or {-db(three):.1f} dB", f"costs {-db((4/127)**2/12) + db(three):.1f} dB")
assert 32767 // 1024 == 31                                     # 3
bits = 3 + 19 / 64                                             # 4
says(f"= {bits:.3f}$ bits", f"= {size(bits)/1e9:.3f}$ GB", f"= {BW/size(bits):.1f}$ tokens", f"is {4.5/bits:.2f}")
near(18.90 - 13.29, 5.6, 0.05)
near(0.0007 * 2**10, 0.7168, 1e-12)                            # 5
says(f"= {round(0.7168*2**31):,}$")
assert 71_680 / 1024 == 70
h = -(0.1 * math.log2(0.1) + 0.9 * math.log2(0.9))             # 6
says(f"$H(0.1) = {h:.3f}$", f"+ 0.4 = {h+0.4:.3f}$")
says(f"= {0.01*(1.96/0.002)**2:,.0f}$", f"$n = {0.01*(2.8/0.002)**2:,.0f}$")   # 7

# --- the listings ---
blocks = re.findall(r"```(python|c|text)\n(.*?)```", TEXT, flags=re.S)
number = re.compile(r"-?\d+(?:\.\d+)?")


def same(got, want, where):
    """Equal text, and numbers equal up to what another BLAS may change."""
    assert number.sub("#", got).split() == number.sub("#", want).split(), f"{where}:\n{got}\n{want}"
    for a, b in zip(number.findall(got), number.findall(want)):
        near(float(a), float(b), max(1.5 if "hidden" in want or "bits:" in want else 0.15, 0.001 * abs(float(b))))


os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
try:
    import numpy as np
except ImportError:
    np = None
skipped, space = 0, {}
for (language, code), (following, output) in zip(blocks, blocks[1:] + [("", "")]):
    if language == "python":
        if np is None and ("numpy" in code or "np." in code):
            skipped += 1
            continue
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(code, "listing", "exec"), space)
        assert following == "text"
        same(out.getvalue(), output, code.splitlines()[0])
    elif language == "c":
        cc = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
        if not cc:
            skipped += 1
            continue
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "listing.c")
            source.write_text(("" if "#include" in code else "#include <stdint.h>\n") + code)
            subprocess.run([cc, "-O3", "-ffast-math", "-c", str(source), "-o", str(Path(folder, "listing.o"))], check=True)
        CHAPTER.count += 1

if np is not None:
    values = np.linalg.svd(np.random.default_rng(0).standard_normal((1024, 1024)), compute_uv=False) ** 2
    near(values[:256].sum() / values.sum(), 0.6227, 0.002)     # low rank
    r = np.random.default_rng(0)                               # the matrices of the Q4_0 listing
    g = r.standard_normal((1024, 4096)).astype(np.float32)
    spiky = g.copy()
    spiky[r.random(g.shape) < 1e-4] *= 20
    assert np.abs(spiky).max() / 7 / 2 > np.abs(g).max()       # "every ordinary weight was rounded to zero"
    b = g.reshape(-1, 32)                                      # exercise 8
    m = np.take_along_axis(b, np.abs(b).argmax(1)[:, None], 1) / -8
    least = np.full(len(b), np.inf)
    for factor in np.linspace(0.7, 1.1, 41):
        d = (m * factor).astype(np.float16).astype(np.float32)
        least = np.minimum(least, ((b - np.clip(np.round(b / d), -8, 7) * d) ** 2).sum(1))
    says(f"from 21.3 to {db(float((b**2).sum() / least.sum())):.1f} dB")

print(f"{CHAPTER.count} passed, 0 failed, {skipped} skipped")
