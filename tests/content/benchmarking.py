"""Recomputes the figures of content/benchmarking.md and reruns its listings.

Timings depend on the machine, so for the C program only the form and the order of magnitude are
checked; the ratios quoted in the text are computed from the output printed there.

Run: python3 tests/content/benchmarking.py
"""
import os
import re
import shutil
import subprocess
import tempfile
from math import ceil, erf, exp, pi, sqrt
from statistics import NormalDist

from lib.chapter import CONTENT, Chapter, output_of

CHAPTER = Chapter("benchmarking")
TEXT, near, says = CHAPTER.text, CHAPTER.rounded, CHAPTER.says


BLOCKS = re.findall(r"```(c|python|text)\n(.*?)```", TEXT, re.S)
listings = [(lang, code, BLOCKS[i + 1][1]) for i, (lang, code) in enumerate(BLOCKS) if lang != "text"]
assert [lang for lang, _, _ in listings] == ["c", "python", "python", "python"]

# --- Timing one call: the printed table --------------------------------------------------------
table = {}
for line in listings[0][2].splitlines()[1:]:
    *name, first, least, median, mean, p99, most = line.split()
    table[" ".join(name)] = dict(first=int(first), min=int(least), median=int(median),
                                 mean=int(mean), p99=int(p99), max=int(most))
hot1, hot4 = table["hot one row"], table["hot four rows"]
cold1, cold4 = table["cold one row"], table["cold four rows"]
near(hot1["median"] / 1e3, 2.62, 2)
near(hot4["median"] / 1e3, 2.25, 2)
near(cold1["median"] / 1e3, 18.7, 1)
near(cold4["median"] / 1e3, 33.1, 1)
near(100 * (1 - hot4["median"] / hot1["median"]), 14, 0)
near(hot1["first"] / 1e3, 19.5, 1)
near(hot1["first"] / hot1["median"], 7, 0)
near(hot4["max"] / hot4["median"], 29, 0)
near(cold4["mean"] / 1e3, 45.6, 1)
near(hot4["min"] / 1e3, 2.23, 2)
assert table["hot nothing"]["median"] == 20
near(100 * 20 / hot4["median"], 1, 0)
says("in steps of about 10 ns")
# opening
near(48 * 18.7 / 1e3, 0.90, 2)
near(48 * 33.1 / 1e3, 1.59, 2)
assert 256 * 256 == 65_536 and 256 * 256 * 4 == 256 * 1024
# worked example: from the micro to the macro
near(48 * 0.37, 18, 0)
near(100 * 18 / 33_000, 0.05, 2)
near(48 * (33.1 - 18.7), 691, 0)
near(691 / 18, 38, 0)
near(100 * 691 / 33_000, 2, 0)
# work that vanishes; floors
near(2 * 65_536 / 20e-9 / 1e12, 6.55, 2)
near(2 * 65_536 / 20e-9 / 117e9, 56, 0)
near(2 * 65_536 / 2.25e-6 / 1e9, 58, 0)
near(262_144 / 117.5e9 * 1e6, 2.23, 2)
near(262_144 / 18.7e-6 / 1e9, 14, 0)
near(262_144 / 23.3e9 * 1e6, 11.3, 1)
# The quoted figures of the hardware chapter.
with open(CONTENT / "hardware-roofline.md", encoding="utf-8") as f:
    roof = f.read()
assert "512   117.5" in roof and "262144    23.3" in roof and "59 117 117 GFLOP/s" in roof

# --- Comparing two versions --------------------------------------------------------------------
aa = [re.search(r"([\d.]+) to ([\d.]+) +(\d+) of 50", l).groups() for l in listings[1][2].splitlines()[1:]]
near(100 * (float(aa[0][1]) - 1), 15, 0)
assert [int(a[2]) for a in aa] == [17, 47, 5, 50, 50, 50]
says("15 to 18, 34 to 47 and 0 to 5 false alarms", "47 of 50 cases")
assert aa[5][:2] == ("0.723", "0.850") and aa[2][:2] == ("0.998", "1.001")
near(0.05 * 50, 2.5, 1)
# pairs
near(7.85 * 2 * 16, 251, 0)
near(4 * sqrt(2 * 0.05), 1.26, 2)
near(7.85 * 16 * 2 * 0.05, 12.6, 1)
near(1 / 0.05, 20, 0)
assert 2 * 251 == 502 and 2 * 13 == 26
# levels
near(sqrt(4 + 25 / 20_000), 2.0, 1)
near(sqrt(4 / 20 + 25 / 2_000), 0.46, 2)
assert 20 * 100 * 10 == 20_000

# --- Percentiles -------------------------------------------------------------------------------
assert 1 - 0.99**299 >= 0.95 > 1 - 0.99**298
z = NormalDist().inv_cdf(0.995)
near(z, 2.576, 3)
near(400 * z * z * 0.99 / 0.01, 262_742, 0)
assert ceil(262_742 / 8192) == 33 and 33 * 8192 == 270_336 and 3 * 8192 == 24_576
near(270_336 / 30 / 3600, 2.5, 1)
near(262_742 / 23_886, 10, -1)

# --- Load --------------------------------------------------------------------------------------
waits = [1002 - 8 * i for i in range(125)]
assert waits[-1] > 2 >= 1002 - 8 * 125
near(sum(waits) / 125, 506, 0)
near(0.125 * 506 + 0.875 * 2, 65, 0)
near((900 * 2 + 1002) / 901, 3.1, 1)
assert 1 / 901 < 0.002
says("54,060 calls in place of 60,000")

# --- Quality -----------------------------------------------------------------------------------
hours = lambda rate, epochs: 1.2e6 * epochs / rate / 3600
for rate, e1, t1, e2, t2 in ((1150, 24, 6.96, 18, 5.22), (2070, 45, 7.25, 29, 4.67)):
    near(hours(rate, e1), t1, 2)
    near(hours(rate, e2), t2, 2)
near(2070 / 1150, 1.8, 1)
near(100 * (7.25 / 6.96 - 1), 4, 0)
near(100 * (1 - hours(2070, 29) / hours(1150, 18)), 10.5, 1)
runs = sorted((412, 398, 441, 405, 420))
near(sum(runs[1:-1]) / 3, 412.3, 1)
near(0.99 * 76.46, 75.70, 2)

# --- Energy ------------------------------------------------------------------------------------
near(9.0 * 0.030, 0.27, 2)
near(12.6 * 0.008, 0.101, 3)
near(0.27 / 0.1008, 2.7, 1)
near(5.0 * 0.030, 0.15, 2)
near(8.0 * 0.008, 0.064, 3)
near(0.15 / 0.064, 2.3, 1)
old, new = (lambda r: 4.0 + 0.15 * r), (lambda r: 4.6 + 0.064 * r)
near(old(10), 5.50, 2)
near(new(10), 5.24, 2)
near(100 * (1 - new(10) / old(10)), 5, 0)
near(old(1), 4.15, 2)
near(new(1), 4.66, 2)
near(100 * (new(1) / old(1) - 1), 12, 0)
near(0.6 / 0.086, 7.0, 1)
mean = (40 * 600 + 60 * 120) / 100
assert mean == 312 == (36 * 600 + 54 * 120) / 90
near(100 * (600 / mean - 1), 92, 0)
near(100 * (1 - 120 / mean), 62, 0)
window = lambda start: sum(600 if (start + t / 10) % 90 < 36 else 120 for t in range(250)) / 250
drift = sum(window(100 * k) for k in range(9)) / 9
near(drift, 316, 0)
near(100 * (drift / mean - 1), 1.4, 1)

# --- Gaming ------------------------------------------------------------------------------------


def best_of(k, h=0.001):
    """Expected maximum of k standard normal numbers."""
    total, x = 0.0, -7.0
    while x < 7:
        total += x * k * exp(-x * x / 2) / sqrt(2 * pi) * (0.5 * (1 + erf(x / sqrt(2)))) ** (k - 1) * h
        x += h
    return total


near(best_of(20), 1.87, 2)
near(best_of(50), 2.25, 2)
near(100 * sqrt(0.21 / 1000), 1.45, 2)
near(70 + 1.87 * 1.45, 72.7, 1)
near(100 * sqrt(0.06 / 1000), 0.77, 2)
near(1.87 * 100 * sqrt(0.06 / 1000), 1.4, 1)
score = 0.85 * 62 + 0.15 * 95
near(score, 66.95, 2)
near(100 * sqrt(0.62 * 0.38 / 850 + 0.95 * 0.05 / 150), 2.4, 1)
twin = 100 * sqrt(0.6695 * 0.3305 / 1000 + 0.62 * 0.38 / 1000)
near(twin, 2.1, 1)
near((score - 62) / twin, 2.3, 1)

# --- Reporting ---------------------------------------------------------------------------------
A, B = (8, 20, 30), (4, 40, 20)
ab = [a / b for a, b in zip(A, B)]
assert ab == [2, 0.5, 1.5] and sum(A) == 58 and sum(B) == 64
near(sum(A) / sum(B), 0.91, 2)
near(sum(B) / sum(A), 1.10, 2)
near(sum(ab) / 3, 1.33, 2)
near(sum(1 / r for r in ab) / 3, 1.06, 2)
near((ab[0] * ab[1] * ab[2]) ** (1 / 3), 1.14, 2)
weigh = lambda t: 0.7 * t[0] + 0.1 * t[1] + 0.2 * t[2]
near(weigh(A), 13.6, 1)
near(weigh(B), 10.8, 1)
near(weigh(A) / weigh(B), 1.26, 2)
near(200 * 0.05, 10, 0)
near(200 * 0.05**2, 0.5, 1)

# --- Exercises ---------------------------------------------------------------------------------
flops = 2 * 1024**3
near(flops / 989e12 * 1e6, 2.17, 2)
near(3 * 1024 * 1024 * 2 / 3.35e12 * 1e6, 1.88, 2)
near(100 * flops / 989e12 / 8e-6, 27, 0)
near(8 * flops / 989e12 * 1e6, 17.4, 1)
near(7.85 * 36, 283, 0)
near(283 * 12 / 60, 57, 0)
near(7.85 * 9, 71, 0)
near(1.96 * sqrt(5000 * 0.01 * 0.99), 13.8, 1)
assert round(50 + 13.79) == 64 and round(50 - 13.79) == 36
stall = [405 - 15 * i for i in range(27)]
assert stall[-1] > 5 >= 405 - 15 * 27 and sum(stall) == 5670
near(100 * 27 / 400, 6.75, 2)
near((5670 + 373 * 5) / 400, 18.8, 1)
assert 7600 // 20 == 380
near(hours(2800, 58), 6.90, 1)
near(hours(2800, 44), 5.24, 2)
near(hours(1150, 24) / hours(2800, 58), 1.0075, 4)
near(2800 / 1150, 2.4, 1)
near(8.7 * 0.05, 0.435, 3)
near(3.7 + 0.25 * 10, 6.2, 1)
near(0.3 / 0.1, 3, 0)
near(0.9 / 0.186, 4.84, 2)
near(2.25 * 100 * sqrt(0.04 / 2000), 1.0, 1)

# --- Listings ----------------------------------------------------------------------------------
with tempfile.TemporaryDirectory() as folder:
    for lang, code, shown in listings[2:]:
        got = output_of(code)
        assert got.strip() == shown.strip(), got
    compile(listings[1][1], "aa.py", "exec")
    if shutil.which("gcc"):
        source, program = os.path.join(folder, "layer.c"), os.path.join(folder, "layer")
        short = listings[0][1].replace("CALLS = 20000", "CALLS = 2000").replace("k < 400", "k < 40")
        short = short.replace("0, 400)", "0, 40)").replace('report("cold", v, 400)', 'report("cold", v, 40)')
        short = short.replace("k < 200000", "k < 100")
        with open(source, "w", encoding="utf-8") as f:
            f.write(short)
        flags = ["-O2", "-march=native", "-ffast-math"]
        subprocess.run(["gcc", *flags, source, "-o", program], check=True)
        lines = subprocess.run([program], capture_output=True, text=True, check=True).stdout.splitlines()
        medians = {" ".join(l.split()[:-6]): int(l.split()[-4]) for l in lines[1:]}
        assert list(medians) == list(table)
        assert medians["hot nothing"] < medians["hot one row"] < medians["cold one row"]
        pairs = subprocess.run([program, "1", "2", "1"], capture_output=True, text=True, check=True).stdout
        assert len(pairs.split()) == 200

print("benchmarking: all figures and listings agree")
