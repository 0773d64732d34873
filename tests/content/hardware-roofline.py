#!/usr/bin/env python3
"""Recomputes the figures of content/hardware-roofline.md and reruns its listings.

Run: python3 tests/content/hardware-roofline.py
Timings depend on the machine: they are read from the chapter's output blocks and everything derived
from them is recomputed. Python listings must reproduce their output exactly; the C listings are
compiled, and the three matrix products are checked against each other at a small size.
"""
import contextlib
import io
import math
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from lib.chapter import CONTENT, Chapter

CHAPTER = Chapter("hardware-roofline", flat=True)
TEXT, near, says = CHAPTER.text, CHAPTER.rounded, CHAPTER.says


blocks = re.findall(r"```(\w+)\n(.*?)```", TEXT, flags=re.S)
code = {lang: [b for l, b in blocks if l == lang] for lang in ("c", "python", "text")}
assert [len(code[k]) for k in ("c", "python", "text")] == [2, 3, 5]

# --- the opening table, and "closing the gap on one core": measured output -----------------------
flops = 2 * 2048**3
gemm = {m[0]: (float(m[1]), float(m[2])) for m in re.findall(r"(\w+) +([\d.]+) s +([\d.]+) GFLOP/s", code["text"][2])}
for name, (sec, rate) in gemm.items():
    assert abs(flops / sec / 1e9 - rate) < 0.04 * rate                     # seconds are rounded
says(f"{flops / 1e9:.2f} billion floating-point operations")
for name in gemm:
    says(f"| {gemm[name][0]:.2f} s |")
near(gemm["ijk"][0] / gemm["tiled"][0] / 10, 26, 0)                       # factor of 260
tiled_source = re.search(r"static void tiled.*?\n}", code["c"][1], flags=re.S).group(0)
says(f"| {tiled_source.count(chr(10)) + 1} lines that cut the loops into tiles |")

# --- the roofline: five operators ------------------------------------------------------------------
P, W, n = 989e12, 3.35e12, 4096
roof = lambda I, p=P, w=W: min(p, w * I)
near(P / W, 295, 0)
says(f"| residual addition | 0.17 | {roof(1/6)/1e12:.2f} TFLOP/s | {roof(1/6)/P:.2%} |".replace("%", " %"))
says(f"| layer norm | 2.0 | {roof(2)/1e12:.1f} TFLOP/s | {roof(2)/P:.2%} |".replace("%", " %"))
lin = lambda B: B * n / (n + 2 * B)
says(f"| linear, $B = 1$ | {lin(1):.1f} | {roof(lin(1))/1e12:.2f} TFLOP/s | {roof(lin(1))/P:.2%} |".replace("%", " %"))
says(f"| linear, $B = 64$ | {lin(64):.1f} | {roof(lin(64))/1e12:.0f} TFLOP/s | {roof(lin(64))/P:.0%} |".replace("%", " %"))
says(f"| linear, $B = 4096$ | {lin(4096):,.0f} | 989 TFLOP/s | 100 % |")
time_us = lambda B: 2 * B * n * n / roof(lin(B)) * 1e6
says(f"The first 64 tokens take {time_us(64):.1f} µs where one takes {time_us(1):.1f} µs")
says(f"one part in {P / roof(1/6):,.0f} of the peak")

# --- where bytes live: measured output ---------------------------------------------------------------
out = code["text"][0].splitlines()
chains = [int(v) for v in re.search(r": ([\d ]+) GFLOP", out[0]).group(1).split()]
rows = [tuple(map(float, line.split())) for line in out[2:]]
L1, mem, lat1, lat = max(r[1] for r in rows), rows[-1][1], rows[0][2], rows[-1][2]
L3 = dict((int(r[0]), r[1]) for r in rows)[8192]
assert chains == [29, 59, 117, 117] and (L1, mem, L3, lat1, lat) == (222.3, 23.3, 98.1, 1.1, 182.0)
assert 9 < L1 / mem < 10 and 155 < lat / lat1 < 170                       # "ten", "160"
near(117 * lat / 1000, 21.3, 1)                                           # 21,000 FLOPs in 182 ns

# --- how much must be in flight ------------------------------------------------------------------------
near(29 / 32, 0.91, 2)
near(3.65e9 / (29e9 / 32), 4, 0)
says(f"= {23.3 * 100:,.0f}$ bytes")
assert round(2330 / 64) == 36
says(f"$64/182 = {64 / 182:.2f}$ GB/s", f"{64 / 182 / 23.3:.1%} of the bandwidth".replace("%", " %"))
flight = W * 600e-9
says(f"has {flight / 1e6:.2f} MB in flight, {flight / 132 / 1e3:.1f} KB for each of its 132")

# --- what a byte costs in energy -----------------------------------------------------------------------
near(1300 / 8, 162.5, 1)
near(0.9 + 3.7, 4.6, 1)
per = lambda b: 8 / b * 162.5
says(f"| DRAM, pJ per multiply-add | {per(1):,.0f} | {per(16):.0f} | {per(128):.1f} | {per(283):.1f} |")
assert math.ceil(per(1) / 4.6) == 283

# --- the least traffic ------------------------------------------------------------------------------------
near(2 * math.sqrt(2), 2.83, 2)
M = 1.0
best = max(math.sqrt(a * (2 - a) * 2) for a in [i / 1000 for i in range(2001)])
near(best, math.sqrt(2), 6)                                               # s_A = s_B = M, s_C = 2M
says(f"$4 \\times 117/23.3 = {4 * 117 / 23.3:.1f}$", f"${2} \\times 295 = {2 * 295}$", f"{(2 * P / W)**2:,.0f} sums")

# --- watching a cache; systolic array; attention: rerun the listings ----------------------------------------
for number, (source, shown) in enumerate(zip(code["python"], (1, 3, 4))):
    buffer = io.StringIO()
    with contextlib.redirect_stdout(buffer):
        exec(compile(source, f"listing {number}", "exec"), {})
    assert buffer.getvalue().strip() == code["text"][shown].strip(), buffer.getvalue()
    CHAPTER.count += 1
lru = {int(l.split()[0]): int(l.split()[1]) for l in code["text"][1].splitlines()[2:]}
bound = 2 * 60**3 / 512**0.5 - 2 * 512
says(f"The best tile, 20, loads {lru[20]:,} words, {lru[20] / bound:.2f} times the bound")
for b in (6, 10, 12, 15, 20):
    assert lru[b] == 2 * 60**3 // b + 60**2                               # "the prediction is exact"
assert lru[4] < 2 * 60**3 // 4 + 3600 and round(lru[30] / lru[20]) == 9 and 1.8 < lru[10] / lru[20] < 2

# --- closing the gap on one core: placing the points ----------------------------------------------------------
near(23.3 / 32, 0.73, 2)
near(gemm["ijk"][0] / 2048**3 * 1e9, 5.8, 1)
assert 0.45 < gemm["ijk"][1] / (23.3 / 32) < 0.5                          # "reaches half of it"
near(4 * 2048**2 / 1e6, 16.8, 1)
says(f"is 11.7 GFLOP/s and the measured {gemm['ikj'][1]:.1f}")
near(23.3 * 0.5, 11.7, 1)
near(L3 * 0.5, 49, 0)
says(f"rose {gemm['ijk'][0] / gemm['ikj'][0]:.0f}-fold", "moved the point 16-fold")
a, c, b = 64 * 4 * 2048**2, 8 * 2 * 4 * 2048**2, 4 * 2048**2
says(f"64 column panels, {a / 1e6:,.0f} MB", f"slices of $k$, {c / 1e6:.0f} MB", f"$B$ once, {b / 1e6:.0f} MB",
     f"Together {(a + b + c) / 1e6:,.0f} MB, hence {flops / (a + b + c):.1f} FLOPs per byte", f"ridge at {117 / 23.3:.1f}")
near(2048**3 / ((a + b + c) / 4), 25, 0)                                  # the opening: "about 25 multiplications"
assert 2 * 8 * 32 == 512 and 2 * 16 * 4 == 128 and 8 * 4 == 32
says(f"for 512 FLOPs, {512 / 160:.1f} per byte", f"$117/222 = {117 / 222:.2f}$", f"runs at {gemm['tiled'][1] / 117:.0%} of".replace("%", " %"))
words = 2**20 // 4
says(f"M = {words:,}$ words", f"or {(2 * 2048**3 / words**0.5 - 2 * words) * 4 / 1e6:.0f} MB")
near((a + b + c) / ((2 * 2048**3 / words**0.5 - 2 * words) * 4), 10, 0)
sets1 = {(k * 8192 // 64) % 64 for k in range(2048)}                      # the warning on strides
sets2 = {(k * 8192 // 64) % 2048 for k in range(2048)}
assert len(sets1) == 1 and len(sets2) == 16 and 16 * 8 == 128
assert len({(k * 8000 // 64) % 2048 for k in range(2000)}) == 2000

# --- many lanes and many threads ---------------------------------------------------------------------------------
assert 32 * 4 // 32 == 4 and 32 * 32 == 1024 and 1024 // 128 == 8
threads = 65_536 // 128
assert (threads, threads // 32, threads / 32 / 64) == (512, 16, 0.25)
says(f"{threads * 16:,} bytes in flight", f"has {threads * 32:,}, which is enough")
assert 0.5 < threads * 16 / (flight / 132) < 0.55 and threads * 32 > flight / 132

# --- arrays that multiply matrices ---------------------------------------------------------------------------------
assert 16 * 16 * 32 == 8192 and 256 * 256 == 65_536
for lanes, share in ((1, "0.4 %"), (64, "22 %"), (8192, "97 %")):
    value = 0.3 / (0.3 + 70 / lanes)
    assert f"{value:.1%}".replace("%", " %") == share or f"{value:.0%}".replace("%", " %") == share
    says(share)
use = lambda m, r, c: m / (m + r + c - 2)
for line in code["text"][3].splitlines():
    m, cycles, share = re.match(r" *(\d+) rows: +(\d+) cycles, cells busy +([\d.]+)%", line).groups()
    assert int(cycles) == int(m) + 14
    near(use(int(m), 8, 8) * 100, float(share), 1)
near(use(1, 8, 8) * 100, 7, 0), near(use(1, 256, 256) * 100, 0.2, 1)
near(65_536 * 2 * 700e6 / 1e12, 92, 0)
says(f"takes {65_536 / 34e9 * 1e6:.2f} µs to arrive, {65_536 / 34e9 * 700e6:,.0f} cycles")
near(132 * 4 * 512 * 2 * 1.83e9 / 1e12, 989, 0)
assert 989 / 134 > 7
tile = 2 * 128 * 256 / ((128 + 256) * 2)
says(f"{tile:.1f} per byte", f"$989/{tile:.1f} = {989 / tile:.1f}$ TB/s, {989 / tile / 3.35:.1f} times")
near(math.sqrt(132 * 128 * 256) / 1000, 2.1, 1)                           # some 2,000 x 2,000


def waves(size):
    tiles = math.ceil(size / 128) * math.ceil(size / 256)
    w = math.ceil(tiles / 132)
    return tiles, w, size * size / (w * 132 * 128 * 256)


assert waves(4096)[:2] == (512, 4) and waves(4224)[:2] == (561, 5)
near(waves(4096)[2] * 100, 97, 0), near(waves(4224)[2] * 100, 82.5, 1)
near(512 / 132, 3.9, 1), near(4224 / 256, 16.5, 1), near((4224 / 4096)**2 * 100 - 100, 6, 0)

# --- attention without its matrix ---------------------------------------------------------------------------------------
N, d = 8192, 128
F, plain, least = 4 * N * N * d, 2 * (4 * N * N + 4 * N * d), 2 * 4 * N * d
says(f"{F / 1e9:.1f} GFLOP and {plain / 1e6:.0f} MB", f"{F / plain:.0f} FLOPs per byte",
     f"{plain / W * 1e6:.0f} µs for memory and {F / P * 1e6:.0f} µs for arithmetic", f"are {least / 1e6:.1f} MB")
says(f"streams {2 * (2 * N * N * d / 128 + 2 * N * d) / 1e6:.0f} MB in place of 545", f"one head are {2 * 2 * N * d / 1e6:.1f} MB")
sfu = 132 * 16 * 1.83e9
near(sfu / 1e12, 3.9, 1)
says(f"takes {N * N / sfu * 1e6:.0f} µs for its exponentials beside {F / P * 1e6:.0f} µs")
near(F / P / (F / P + N * N / sfu), 2 / 3, 2)
near(740 / 989 * 100, 75, 0)

# --- what a batch can and cannot move ----------------------------------------------------------------------------------------
for w, stated in ((2, 295), (1, 148), (0.5, 74)):
    near(w / 2 * P / W, stated, 0)
assert 256 // 8 == 32 and 32 * 295 == 9440

# --- machines compared, and joined ----------------------------------------------------------------------------------------------
assert 256 * 2 * 500e6 == 256e9 and 8 * 500e6 == 4e9 and 256 / 4 == 64
near(35e12 / 51e9, 686, 0), near(42.5e18 / 9216 / 1e15, 4.6, 1), near(68e15 / 9216 / 1e12, 7.4, 1)
near(132 * 256 * 1024 / 1e6, 34.6, 1)                                     # 33,792 KB of registers, "33 MB" in MiB
assert 132 * 256 / 1024 == 33
says("256 KiB SRAM", "| 1 |", "| 64 |", "| 5 |", "| 686 |", "| 295 |", "| 625 |")
near(1 / (1 - 0.9), 10, 6)
T = 10 + 90 / 25 + 12 * 0.6
says(f"= {T:.1f}\\ \\text{{ms}}", f"A speed-up of {100 / T:.1f}", f"would give {10 + 90 / 25:.1f} ms",
     f"= {100 / 25 + 2 * 0.6:.1f}$ ms, {100 / 5.2:.0f} times")
says(", ".join(f"{989e3 / bw:,.0f}" for bw in (3350, 450, 64)) + f" and {989e3 / 50:,.0f} FLOPs per byte")
says(f"$140/64 = {140 / 64:.2f}$ s", f"a batch of {989e3 / 64:,.0f} tokens")

# --- what changed lately --------------------------------------------------------------------------------------------------------------
near(2250 / 8, 281, 0), near(9000 / 8, 1125, 0), near(0.5 * 1125, 563, 0), near(2 * 281.25, 563, 0)
assert 50e3 / 22 > 2200

# --- exercises ---------------------------------------------------------------------------------------------------------------------------
macs, inp, wts, outp = 56**2 * 64 * 128, 56**2 * 64, 64 * 128, 56**2 * 128
says(f"{macs / 1e6:.1f}$ million MACs, {2 * macs / 1e6:.1f} MOP", f"{inp:,} in, {wts:,} weights, {outp:,} out, together {inp + wts + outp:,}")
I = 2 * macs / (inp + wts + outp)
says(f"$I = {I:.1f}$", f"= {I * 51e9 / 1e12:.1f}$ TOP/s", f"{I * 51e9 / 35e12:.0%} of peak".replace("%", " %"))
near((inp + wts + outp) / 51e9 * 1e6, 12.0, 1), near(2 * macs / 35e12 * 1e6, 1.5, 1), near((inp + outp) / (inp + wts + outp) * 100, 99, 0)
near(4500 / 8, 562.5, 1), near(2 * 2250 / 8, 562.5, 1)
near(640e6 / 23.3e9 * 1e3, 27.5, 1), near(40e6 / 23.3e9 * 1e3, 1.7, 1)
near(12 * 64 / 100, 7.7, 1)
near(use(64, 128, 128) * 100, 20.1, 1), near(use(1024, 128, 128) * 100, 80.1, 1), near(130**2 / 256**2 * 100, 25.8, 1)
N, d = 2048, 64
near(4 * N * N * d / 1e9, 1.07, 2), near(4 * N * N * d / P * 1e6, 1.09, 2), near(N * N / sfu * 1e6, 1.09, 2)
near(2 * (4 * N * N + 4 * N * d) / 1e6, 34.6, 1), near(2 * (4 * N * N + 4 * N * d) / W * 1e6, 10.3, 1)
near(8 * N * d / 1e6, 1.05, 2), near(8 * N * d / W * 1e6, 0.31, 2), near(989 / (4 * 3.86), 64, 0)
core, gpu = (lambda s: 2 * s**3 / 117e9 * 1e6), (lambda s: 10 + 12 * s * s / 64e9 * 1e6)
says(f"takes {core(87):.2f} µs and the GPU {gpu(87):.2f}", f"it is {core(88):.2f} against {gpu(88):.2f}")
assert core(87) < gpu(87) and core(88) > gpu(88)
assert core(83) < 10 < core(84)
near(10e-6 * 117e9 / 2, 585_000, 0)

# --- the C listings compile, and the three products agree ------------------------------------------------------------------------------------
if shutil.which("gcc"):
    with tempfile.TemporaryDirectory() as tmp:
        for i, source in enumerate(code["c"]):
            if i == 1:
                source = source.replace("N = 2048", "N = 256")
            (Path(tmp) / f"{i}.c").write_text(source)
            wide = "avx512f" in Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else False
            if i == 1 or wide:                                            # listing 0 names 512-bit registers
                native = ["-march=native"] if wide else []
                subprocess.run(["gcc", "-O2", *native, "-ffast-math", f"{i}.c", "-o", f"p{i}"], cwd=tmp, check=True,
                               stderr=subprocess.DEVNULL)
        shown = subprocess.run([f"{tmp}/p1"], check=True, capture_output=True, text=True).stdout
        assert len(set(re.findall(r"checksum (-?\d+)", shown))) == 1, shown
assert len(set(re.findall(r"checksum (-?\d+)", code["text"][2]))) == 1

# --- structure: figures, glossary links and anchors exist ----------------------------------------------------------------------------------------------
for figure in re.findall(r"\{\{#include (figures/[\w-]+\.svg)\}\}", TEXT):
    body = (CONTENT / figure).read_text(encoding="utf-8")
    assert "\n\n" not in body and "<style" not in body
links = re.findall(r"glossary\.md#([\w-]+)", TEXT)
assert len(links) == len(set(links)), sorted(l for l in links if links.count(l) > 1)

print(f"hardware-roofline: {CHAPTER.count} figures agree")
