#!/usr/bin/env python3
"""Recomputes the figures of content/edge-tinyml.md and reruns its listings.

Run: python3 tests/content/edge-tinyml.py
"""
import contextlib
import io
import re
from itertools import product
from math import ceil, erfc, exp, lgamma, log, sqrt

from lib.chapter import Chapter

CHAPTER = Chapter("edge-tinyml", flat=True)
TEXT, near, says = CHAPTER.text, CHAPTER.rounded, CHAPTER.says


# --- the listings print what the chapter shows -----------------------------------------------------
blocks = re.findall(r"```(\w+)\n(.*?)```", TEXT, flags=re.S)
sources = [b for lang, b in blocks if lang == "python"]
shown = [b for lang, b in blocks if lang == "text"]
assert len(sources) == len(shown) == 3
spaces = []
for source, output in zip(sources, shown):
    buffer, space = io.StringIO(), {}
    with contextlib.redirect_stdout(buffer):
        exec(compile(source, "listing", "exec"), space)
    printed = "\n".join(line.rstrip() for line in buffer.getvalue().rstrip().splitlines())
    assert printed == output.strip("\n"), printed
    spaces.append(space)
    CHAPTER.count += 1
mem, casc, boot = spaces

# --- opening, and "a budget comes before a model" -----------------------------------------------------
cell = 19 * 3.6 * 3600
usable, days = 0.7 * cell, 730
budget = usable / (days * 86400) * 1e3                       # mW
says(f"{cell / 1e3:.0f} kJ", f"{usable / 1e3:.0f} kJ. Spread over 730 days that is **{budget:.2f} mW**")
near(16000 * 16 / 1000, 256, 0)
near(10 * 125000 / 2**10 * 4 / 5, 977, 0)                    # SF10: "about one kbit/s"
features = 50 * 30000 / 64e6
near(features * 1e3, 23, 0)
near(features * 10, 0.23, 2)
near(4 / 64e6 * 1e9, 62.5, 1)
near(4 / 64e6 * 10e-3 * 1e9, 0.625, 3)
macs = sum(o["macs"] for o in mem["net"])
near(macs * 4 / 64e6, 0.5, 2)
near(macs * 4 / 64e6 * 10, 5.0, 1)
life = lambda mw: usable / mw * 1e3 / 86400
says(f"$0.15 + 2.73 + 5.0 = {0.15 + 2.73 + 5:.2f}$ mW, which is {life(7.88):.0f} days",
     f"$0.15 + 2.73 + 0.625 + 1.0 = 4.505$ mW, {life(4.505):.0f} days",
     f"continuous capture and sleep would take $0.15 + 2.73 = {0.15 + 2.73:.2f}$ mW")
chosen = casc["design"](0.35, 0.20)
near(chosen[0], 1.90, 2)
says(f"the cell lasts {life(1.90):,.0f} days")
near(life(0.71), 2800, -2)                                   # in the figure

# --- energy has fine print ------------------------------------------------------------------------------
near((2 + 2) * 2, 8, 0)
pulse = 120 / 3.6
near(pulse, 33, 0)
near(pulse * 40 / 1e3, 1.3, 1)
near(33 * 0.41 / 0.5, 27, 0)
says(f"takes {1050 - life(2.40):.0f} of the 1,050 days")

# --- sensors ---------------------------------------------------------------------------------------------
near(3 * 2 * 400, 2400, 0)
near(96 * 96 * 2, 18432, 0)
near(320 * 240 * 2 * 10, 1536000, 0)
near(320 * 240 * 2 / 262144 * 100, 59, 0)
near(512 / 16, 32, 0)
near(0.5 * 32000, 16000, 0)

# --- two memories, two strips ---------------------------------------------------------------------------
free = 262144 - 64000 - 2 * 96 * 64 - 64000 - 18000
says(f"| **{free:,}** |")
live = mem["live"]
peak = max(live.values())
assert peak == 122880 and peak - free == 19024 and peak - free - 18000 == 1024
b2 = [v for k, v in live.items() if k.startswith("b2")]
near(peak / (sum(b2) / 3), 2, 2)
assert max(v for k, v in live.items() if k[:2] in ("b3", "b4", "b5", "b6", "he")) == 46080
assert mem["strips"](2)[0] == 6144 + 9216 + 12800 + 51200 == 79360
assert mem["rest"] == live["b2 depthwise"] == 82944

# --- a runtime without malloc -----------------------------------------------------------------------------
channels = 16 + sum(2 * 4 * ci + co for ci, co in ((16, 24), (24, 24), (24, 32), (32, 32), (32, 48), (48, 48))) + 96 + 2
weights = sum(o["weights"] for o in mem["net"]) + 96 * 2
copied = 16 + 64 + 64 + 24
says(f"{channels:,} output channels including its classifier", f"tables of {copied} channels",
     f"8 \\times {channels + copied:,} + 3,000",
     f"{weights:,} bytes of weights, {4 * channels:,} of biases and {4 * channels:,} of scales")
arena = 82944 + 8 * (channels + copied) + 3000
near(arena / 100, 1011, 0)
assert 2000 < free - arena < 3000
second = 96 * 64 + 12 * 16 * 24 + 51 * 64 + 25 * 32 * (16 + 64)   # input, first half, slice, stem, expand
assert second < 82944 and 2 * 24 * 16 * 24 < 82944                # the rewritten graph keeps the peak
near((free - 82944) / 1e3, 21, 0)
near((weights + 8 * channels) / 1e3, 75, 0)
near(8 * channels / (weights + 8 * channels), 0.2, 1)
near(4.6 * macs * 4 / 64e6, 2.3, 1)
npu = macs / (256 * 100e6)
near(npu * 1e3, 0.3, 1)
near(macs * 4 / 64e6 / (npu / 0.05), 80, 0)

# --- cascades ------------------------------------------------------------------------------------------------
a, b, c = (casc["above"](x - m) for x, m in zip(chosen[2], casc["SAW"]))
says(f"gate finds {a:.0%} of saws, the trigger {b:.0%} and the verifier {c:.0%}".replace("%", " %"))
near(a * b * c * 100, 53, 0)
recall = {g: casc["passes"](casc["design"](g, t)[2], casc["SAW"]) for g, t in ((.05, .2), (.1, .2), (.35, .2), (.5, .1))}
near(recall[0.35] * 100, 58, 0)
near((recall[0.1] - recall[0.05]) * 100, 9, 0)
near((recall[0.5] - recall[0.35]) * 100, 2, 0)
for g in (0.05, 0.10, 0.20, 0.35):                            # 40 % fits and is worse
    d = casc["design"](g, 0.40)
    assert d[0] <= 2.5 and casc["passes"](d[2], casc["SAW"]) < casc["passes"](casc["design"](g, 0.2)[2], casc["SAW"])
quiet = [casc["above"](x) for x in chosen[2]]
near(quiet[0] * quiet[1] * quiet[2] * 1e5, 1, 0)
near(1e-4 / (quiet[0] * quiet[1] * quiet[2]) / 10, 1, 0)     # "ten times"


def voted(k, mean):
    return sum(w * casc["vote"](k, casc["given"](u, chosen[2], mean)) for u, w in casc["GRID"])


near(casc["vote"](3, recall[0.35]) * 100, 98.3, 1)
near(voted(3, casc["SAW"]) * 100, 81.2, 1)
near(300 * 8640 * voted(3, casc["NONE"]), 15, 0)
near(300 * 8640 * casc["vote"](3, 1e-4), 0.0003, 4)
near(300 * 8640 * voted(5, casc["NONE"]), 0.45, 2)
near(voted(5, casc["SAW"]) * 100, 65.7, 1)
near(voted(3, casc["NONE"]) / casc["vote"](3, 1e-4) / 1e4, 5, 0)   # 50,000 times
near(1 / 0.45, 2, 0)
best = {limit: max(casc["passes"](d[2], casc["SAW"]) for g in (.2, .27, .35, .42, .5, .6) for t in (.05, .1, .14, .2, .3)
                   for d in [casc["design"](g, t)] if d[0] <= limit) for limit in (1.5, 2.5)}
near((best[2.5] - best[1.5]) * 100, 4, 0)

# --- what to send ---------------------------------------------------------------------------------------------


def air(sf, n):
    low = 2 if sf >= 11 else 0
    symbols = 12.25 + 8 + 5 * max(ceil((8 * n - 4 * sf + 44) / (4 * (sf - low))), 0)
    return symbols, symbols * 2**sf / 125e3


assert air(10, 25)[0] == 50.25
near(2**10 / 125, 8.192, 3)
near(air(10, 25)[1], 0.412, 3)
near(air(10, 25)[1] * 120, 49, 0)
near(air(12, 25)[1], 1.48, 2)
near(air(12, 25)[1] * 120, 178, 0)
full = air(10, 51 + 13)[1]
near(full, 0.698, 3)
sound, window = ceil(64000 / 51), ceil(6144 / 51)
says(f"makes {sound:,} frames of 0.698 s: {sound * full:.0f} s on the air and {sound * full * .12:.0f} J",
     f"{window} frames, {window * full * .12:.0f} J, {window * full / 36:.1f} hours")
day = usable / days
near(sound * full * 0.12 / day * 100, 45, 0)
near(sound * full * 100 / 3600, 24, 0)
near(full * 120 / 51, 1.6, 1)
near(full * 0.12 / 51 / 0.625e-9 / 1e6, 2.6, 1)
near(full * 0.12 / 51 / (0.150 / 32000), 350, -1)

# --- updates ----------------------------------------------------------------------------------------------------
n = ceil(75000 / 48)
near(n, 1563, 0)
near(n * full / 0.1, 10900, -2)
says(f"10,900$ s, {n * full / 360:.1f} hours")
near(300 * n * full / 0.1 / 86400, 38, 0)
passes = next(k for k in range(1, 20) if 300 * n * 0.1**k < 0.01)
near(passes, 8, 0)
near(passes * n * full / 360, 24, 0)


def misses(frames):                                           # fewer than n of `frames` arrive
    return sum(exp(lgamma(frames + 1) - lgamma(i + 1) - lgamma(frames - i + 1) + i * log(0.9) + (frames - i) * log(0.1))
               for i in range(n))


coded = next(f for f in range(n, 3000) if 1 - (1 - misses(f))**300 < 0.01)
says(f"after {coded:,} frames, {coded * full / 360:.1f} hours")
near(4.2 * 3.6, 15, 0)
near(coded * full / 0.1 * 0.015, 188, 0)
near(188 / day, 0.8, 1)
near(96 * 2 + 2, 194, 0)
assert 32 + 32 + 2 * 400 + 2 * 80 == 1024
near(300 / 30 / 100 * 270, 27, 0)                             # 3/30 of 270
near(3 / 3000 * 100, 0.1, 2)

# --- exercise 5: the confirmation in two writes -----------------------------------------------------------------
for first, second, expected in (('active=slot', 'trial=None, tried=False', 'good'), ('trial=None, tried=False', 'active=slot', 'old')):
    source = sources[2].replace('f.write(active=slot, trial=None, tried=False)', f'f.write({first}), f.write({second})')
    assert source != sources[2]
    space = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(source, space)
    ends = {cuts: space["ends_with"](space["on_trial"], "good", True, cuts) for cuts in product(range(5), range(5), range(5))}
    assert None not in ends.values() and ends[4, 2, 4] == expected   # cut between the two writes of the first boot
    CHAPTER.count += 1

# --- learning on the device ----------------------------------------------------------------------------------------
tensors = 96 * 64 + sum(o["out"] for o in mem["net"])
says(f"{tensors:,} numbers or {tensors * 4 / 1e6:.1f} MB")
near((weights + channels) * 8 / 1e3, 499, 0)
near((tensors * 4 + (weights + channels) * 8) / 262144, 7, 0)
near(194 * 4, 776, 0)
near(200 * 96, 19200, 0)
above = lambda x: 0.5 * erfc(x / sqrt(2))
alpha, eta = 1e-4, 1e-3
start = casc["find"](above, alpha)
near(start, 3.72, 2)
t = start
for _ in range(3 * 3600):
    t += eta * (above(t - 5) - alpha)
near(t, 6.53, 2)


def until_half(t):                                            # days until t is 4.0
    hours = 0
    while t > 4.0:
        t += 3600 * eta * (above(t) - alpha)
        hours += 1
    return hours / 24


near(until_half(t), 303, 0)
near(until_half(start + 1), 93, 0)
near(7 * 64 * 4, 1792, 0)

# --- phones and browsers ---------------------------------------------------------------------------------------------
near(51 / 0.256, 200, -1)
heat, lost = 200 * 0.9, 3 / 12
near(8 / lost, 32, 0)
near(heat / lost, 720, 0)
near(heat / lost * log(1 / (1 - 12 / 32)), 338, 0)
near(3e9 * 4.5 / 8 / 1e9, 1.69, 2)
near(51 / (3 * 4.5 / 8), 30, 0)
near(3 * 2 / 8, 0.75, 2)
near(51 / 0.75, 68, 0)
near(5 / 30, 0.17, 2)
near(15 * 3600 * 0.01 / (5 / 30), 3240, 0)
near(40 * 8 / 25, 12.8, 1)
near(12.8 / 0.19, 67, 0)
near(0.040 * 0.05, 0.002, 4)
near(0.002 / 0.0001, 20, 0)

# --- exercises ---------------------------------------------------------------------------------------------------------
small = 2.4 * 3.6 * 3600 * 0.7
says(f"= {small:,.0f}$ J")
near(small / (180 * 86400) * 1e3, 1.40, 2)
assert casc["design"](0.2, 0.2)[0] < 1.40 < casc["design"](0.35, 0.05)[0] + 0.2
near(casc["passes"](casc["design"](0.2, 0.2)[2], casc["SAW"]) * 100, 53.0, 1)
near(24576 + 73728, 98304, 0)
near((98304 + 8 * (channels - 32) + 3000) / 1e3, 115, 0)
b1 = sum(o["macs"] for o in mem["net"] if o["name"].startswith("b1"))
near(b1 / 1e6, 2.38, 2)
near(b1 / 4 / macs * 100, 7.4, 1)
near(chosen[1] * 100, 11.5, 1)
near(0.115 * 3.0, 0.345, 3)
near(casc["design"](0.1, 0.2)[1] * 3.0, 0.13, 2)
assert air(7, 25)[0] == 60.25 and air(7, 235)[0] == 360.25
near(air(7, 25)[1] * 1e3, 61.7, 1)
near(air(7, 25)[1] * 120, 7.4, 1)
near(ceil(64000 / 222), 289, 0)
near(air(7, 235)[1], 0.369, 3)
near(289 * air(7, 235)[1], 107, 0)
near(289 * air(7, 235)[1] * 0.12, 12.8, 1)
near(289 * air(7, 235)[1] / 36, 3.0, 1)

print(f"edge-tinyml: {CHAPTER.count} figures agree")
