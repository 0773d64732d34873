"""Recomputes the figures of content/architectures-by-hardware.md and reruns its Python listings.

Run: python3 tests/content/architectures-by-hardware.py
"""
import os
import re
import shutil
import subprocess
import tempfile
from math import ceil, log, log2

from lib.chapter import Chapter, output_of

CHAPTER = Chapter("architectures-by-hardware")
TEXT, near, says = CHAPTER.text, CHAPTER.rounded, CHAPTER.says
P, W = 989e12, 3.35e12                                   # H100, bf16


# --- Opening and "Four questions": the measured table ---------------------------------------------
block = re.search(r"```text\n( +MFLOP.*?)```", TEXT, re.S).group(1).splitlines()[1:]
rows = {line[:24].strip(): [float(x) for x in line[24:].split()] for line in block}
for mflop, intensity, rate, ms in rows.values():
    near(1000 / rate, ms) if rate > 5 else near(1000 / rate, ms, -1)
numbers = {                                              # values moved, and FLOPs, from the shapes
    "dense, 128 inputs": (2048 * 2048 + 2 * 128 * 2048, 2 * 128 * 2048 * 2048),
    "convolution 3x3": (58 * 58 * 64 + 56 * 56 * 64 + 576 * 64, 2 * 56 * 56 * 576 * 64),
    "depthwise 3x3": (58 * 58 * 256 + 56 * 56 * 256 + 9 * 256, 2 * 56 * 56 * 9 * 256),
    "LSTM, one sequence": (2 * 8192 * 4096, 2 * 2 * 8192 * 4096),
    "attention, one token": (8 * 16384 * 256, 8 * 4 * 16384 * 128),
    "embedding rows, summed": (4096 * 32 * 64, 4096 * 32 * 64),
}
assert set(rows) == set(numbers)
for name, (values, flops) in numbers.items():
    near(flops / 1e6, rows[name][0], 1)
    near(flops / (4 * values), rows[name][1], 2)
near(rows["embedding rows, summed"][3] / rows["dense, 128 inputs"][3], 45, 0)
near(12.1 / 0.5, 24, 0)
near(13.6 / 0.5, 27, 0)
near(2.5 / 0.25, 10, 0)
assert 24.2 / 10 < 2.5 < 27.2 / 10                       # caption: "about 2.5"
near(4 * numbers["depthwise 3x3"][0] / 1e6, 6.7, 1)
near(4 * 2 ** 26 / 1e6, 268, 0)
says("8.9 |", "9.1 |", "19.3 |", "| 83 |", "| 74 |", "| 401 |")

# --- Dense layers -----------------------------------------------------------------------------------
assert 2e6 * 4 == 8e6 and 2 * 2e6 == 4e6
d, ff = 4096, 14336
attention, mlp = 2 * d * d + 2 * d * 1024, 3 * d * ff
near(100 * mlp / (attention + mlp + 2 * d), 81, 0)

# --- Convolution ------------------------------------------------------------------------------------
conv = lambda S, C, D, k, w: 2 * S * k * k * C * D / (w * (S * C + S * D + k * k * C * D))
near(conv(56 * 56, 64, 64, 3, 4), 132, 0)
near(9 * 512 * 512 / 1e6, 2.36, 2)
near(2 * 49 * 512, 50000, -3)
near(3136 * 576 / 1e6, 1.81, 2)
assert 58 * 58 * 64 == 215296
near(3136 * 576 / 215296, 8.4, 1)
near(36 / 16, 2.25, 2)
assert 9 / 1 == 9 and 9 / 2 == 4.5                       # k^2 / w
for C in (64, 512):
    assert 8 <= 9 * C * C / (9 * C + C * C) + 0.2 <= 9.2

# worked example: separable on the phone NPU
p, w, S = 35e12, 51e9, 112 * 112
layers = {"standard": (2 * 9 * 32 * 64 * S, 96 * S + 9 * 32 * 64),
          "depthwise": (2 * 9 * 32 * S, 64 * S + 9 * 32),
          "pointwise": (2 * 32 * 64 * S, 96 * S + 32 * 64)}
for (ops, moved), (m, b, f, q) in zip(layers.values(), ((462.4, 1222656, 13.2, 24.0), (7.2, 803104, 0.2, 15.7), (51.4, 1206272, 1.5, 23.7))):
    near(ops / 1e6, m, 1)
    assert moved == b
    near(ops / p * 1e6, f, 1)
    near(moved / w * 1e6, q, 1)
floor = {n: max(o / p, b / w) * 1e6 for n, (o, b) in layers.items()}
pair = floor["depthwise"] + floor["pointwise"]
near(pair, 39.4, 1)
near(pair / floor["standard"], 1.6, 1)
near(layers["standard"][0] / (layers["depthwise"][0] + layers["pointwise"][0]), 7.9, 1)
near((96 * S + 32 * 64 + 9 * 32) / w * 1e6, 23.7, 1)     # fused
S, C = 196, 512
one = (2 * S * C + 9 * C * C) / w * 1e6
two = (2 * S * C + 9 * C) / w * 1e6 + (2 * S * C + C * C) / w * 1e6
assert one > 2 * S * 9 * C * C / p * 1e6
near(two, 13.1, 1)
near(one, 50.2, 1)
near(one / two, 3.8, 1)
near(9 * C * C / (9 * C + C * C), 8.8, 1)

# --- Recurrence -------------------------------------------------------------------------------------
d, n = 1024, 500
weights = 8 * d * d
near(weights / 1e6, 8.39, 2)
near(2 * weights / 1e6, 16.8, 1)
near(2 * weights * n / 1e9, 8.4, 1)
near(2 * weights * n / P * 1e6, 8.5, 1)
near(2 * weights / W * 1e6, 5.0, 1)
near(2 * weights / W * n * 1e3, 2.5, 1)
near((2 * weights / W * n) / (2 * weights * n / P), 295, 0)
near(3e-6 * n * 1e3, 1.5, 1)
near(100 * (2 * weights * n / P) / 1.5e-3, 0.6, 1)
flops = 24 * d * d * n + 4 * n * n * d
near(flops / 1e9, 13.6, 1)
near(flops / (2 * weights * n), 1.6, 1)
near(flops / P * 1e6, 13.8, 1)
near(flops / P * 1e6 + 30, 44, 0)
near((2 * weights / W * n) / (flops / P + 30e-6), 57, 0)

# --- KV cache ---------------------------------------------------------------------------------------
assert 3000 * 200 + 200**2 // 2 == 620000 and 3000 + 200 == 3200
T = 131072
for heads, b, gb, ms in ((32, 524288, 68.7, 20.5), (8, 131072, 17.2, 5.1), (1, 16384, 2.1, 0.6)):
    assert 2 * 32 * heads * 128 * 2 == b
    near(b * T / 1e9, gb, 1)
    near(b * T / W * 1e3, ms, 1)
near(16.06e9 / W * 1e3, 4.8, 1)
assert 68.7 + 16 > 80
near(20.5 / 4.8, 4, 0)
near(671 / 8, 84, 0)
assert 2 * 61 * 576 == 70272
near(70272 * T / 1e9, 9.2, 1)
near(2 * 61 * 128 * 128 * 2 / 1e6, 4.0, 1)
near(2 * 61 * 128 * 128 * 2 / 70272, 57, 0)
near(128 * 2 * (576 + 512) / 1152, 242, 0)
near((T * T / 6 + 5 / 6 * 1024 * T) / 1e9, 3.0, 1)

# --- Mixture of experts -----------------------------------------------------------------------------
d = 7168
att = d * 1536 + 1536 * 128 * 192 + d * 576 + 512 * 128 * 256 + 128 * 128 * d
expert = 3 * d * 2048
always = 61 * att + 3 * 3 * d * 18432 + 58 * expert + 129280 * d
near(always / 1e9, 16.1, 1)
near(expert / 1e6, 44, 0)
touched = lambda t, E=256, K=8: E * (1 - (1 - K / E) ** t)
for t, u, gb, each, ms in ((1, 8, 36.5, 36.5, 0.7), (16, 102, 277, 17.3, 5.2), (64, 222, 584, 9.1, 10.9), (256, 256, 670, 2.6, 12.5), (4096, 256, 670, 0.16, 12.5)):
    read = always + 58 * expert * touched(t)
    near(touched(t), u, 0)
    near(read / 1e9, gb, 1 if gb < 100 else 0)
    near(read / 1e9 / t, each, 2 if each < 1 else 1)
    near(read / 53.6e12 * 1e3, ms, 1)
near(16 * 3.35, 53.6, 1)
near(64 * 8 / touched(64), 2.3, 1)
near(4096 * 8 / 256, 128, 0)
near(100 * 8 / touched(100), 3.3, 1)
near(8 / touched(1) * 16, 16, 0)
near((always + 58 * expert * touched(64)) / (always + 58 * expert * 8), 16, 0)   # pitfall

# --- Embedding tables -------------------------------------------------------------------------------
near(40 * 1e6 * 128 / 1e9, 5.1, 1)
near(5.12e9 / 2e6, 2560, 0)
assert 40 * 80 == 3200 and 3200 * 128 == 409600 and 3200 * 32 == 102400
near(102400 / 2.5e9 * 1e6, 41, 0)
near(1e6 / 113e9 * 1e6, 9, 0)
near(100 * 41 / (41 + 8.85), 82, 0)
near(100 * 102400 / 1102400, 9, 0)                       # "a tenth of the FLOPs"
H = lambda n: sum(1 / i for i in range(1, n + 1))
near(100 * H(10_000) / H(1_000_000), 68, 0)

# --- Diffusion --------------------------------------------------------------------------------------
d, L = 1152, 28
dense, att, ada = (L * 12 * d * d * 256 / 1e9, L * 2 * 256**2 * d / 1e9, L * 6 * d * d / 1e9)
near(dense, 114.2, 1)
near(att, 4.2, 1)
near(ada, 0.2, 1)
near(dense + att + ada, 118.6, 1)
near(2 * 118.6, 237, 0)
near(237e9 / P * 1e3, 0.24, 2)
near(2 * 675e6 / 1e9, 1.35, 2)
near(1.35e9 / W * 1e3, 0.40, 2)
near(2 * 237.2e9 / P * 1e3, 0.48, 2)
big = L * 12 * d * d * 1024 / 1e9 + L * 2 * 1024**2 * d / 1e9 + ada
near(big, 524.5, 1)
near(4 * big * 1e9 / P * 1e3, 2.1, 1)
near(250 * 4 * big * 1e9 / P, 0.53, 2)
near(2 * 675e6 * 250 / 1e9, 338, 0)
near(250 * 4 * big / 1e3, 524, 0)
near(4 * 0.403, 1.6, 1)
near(250 * 0.4797, 120, 0)

# --- State-space models -----------------------------------------------------------------------------
assert log2(4096) == 12 and 64 + 64 + 1 == 129
near(45057 / 4096, 11, 0)
near(8256 / 4096, 2.0, 1)
state = 64 * 8192 * 128 * 2
near(state / 1e6, 134, 0)
assert state == 1024 * 131072 and T // 1024 == 128 and 500 * 131072 < state
near(2 * state / 1e6, 268, 0)
near(2 * state / W * 1e3, 0.08, 2)

# --- Pitfalls and exercises -------------------------------------------------------------------------
near(2 * 37, 74, 0)
ops, moved = (lambda B: 2 * 49 * 65536 * B), (lambda B: 2 * (2 * 49 * 256 * B + 65536))
near(ops(1) / 1e6, 6.42, 2)
near(ops(1) / moved(1), 35.4, 1)
near(ops(64) / 1e6, 411.0, 1)
near(moved(64) / 1e6, 3.342, 3)
near(ops(64) / moved(64), 123, 0)
near(6422528 / 50176, 128, 0)
assert 2 * 80 * 8 * 128 * 2 == 327680 and int(20e9 / 327680) == 61035 and int(20e9 / (8 * 327680)) == 7629
near(8 * 327680 / 1e6, 2.62, 2)
near(log(0.1) / log(31 / 32), 72.5, 1)
assert ceil(log(0.1) / log(31 / 32)) == 73
near(touched(73, 128, 4), 115.4, 1)
near(73 * 4 / touched(73, 128, 4), 2.5, 1)
assert 8 * 256**2 == 524288
near(2 * 524288 / 0.26e9 * 1e3, 4.0, 1)
near(524288 / 0.26e9 * 1e3, 2.0, 1)
lines = lambda start, size: (start + size - 1) // 64 - start // 64 + 1
assert {lines(96 * i, 96) for i in range(50)} == {2} and 24 + 4 == 28
near(14e9 / W * 1e3, 4.18, 2)
near(300 * 14e9 / W, 1.25, 2)
near(2 * 7e9 * 300 / 1e12, 4.2, 1)
near(2 * 7e9 * 1024 / 1e12, 14.3, 1)
near(2 * 7e9 * 1024 / P * 1e3, 14.5, 1)
near(20 * 2 * 7e9 * 1024 / P, 0.29, 2)
near(20 * 2 * 7e9 * 1024 / 1e12, 287, 0)

# --- Listings: the Python programs print what the chapter shows -------------------------------------
listings = re.findall(r"```python\n(.*?)```\n+```text\n(.*?)```", TEXT, re.S)
assert len(listings) == 3
for code, shown in listings:
    out = output_of(code)
    assert out.rstrip() == shown.rstrip(), out

# --- The C program still compiles (its times belong to one machine on one day) ------------------------
if shutil.which("gcc"):
    with tempfile.TemporaryDirectory() as tmp:
        source = os.path.join(tmp, "shapes.c")
        open(source, "w").write(re.search(r"```c\n(.*?)```", TEXT, re.S).group(1))
        subprocess.run(["gcc", "-O1", "-Wno-psabi", source, "-o", os.path.join(tmp, "shapes"), "-lm"], check=True)

print("architectures-by-hardware: all figures agree")
