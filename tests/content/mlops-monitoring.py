"""Recomputes the figures of content/mlops-monitoring.md. Run: python3 tests/content/mlops-monitoring.py"""
import math
from statistics import NormalDist

from lib.chapter import Chapter, output_of

CHAPTER = Chapter("mlops-monitoring")
TEXT, near, said = CHAPTER.text, CHAPTER.within, CHAPTER.says
Z = NormalDist()


def clock(text):
    h, m = text.split(":")
    return int(h) * 60 + int(m)


# Printed programs: rerun each and compare with the text block that follows
programs = CHAPTER.programs()
assert len(programs) == 3
for code, want in programs:
    got = output_of(code)
    assert got == want, got
said("The registry above has some forty lines")
assert 38 <= programs[0][0].count("\n") <= 43

# Opening scene
HOUR, VOUCHER = 9_000, 3
hours = (clock("21:50") - clock("18:20")) / 60
assert hours == 3.5 and hours * HOUR == 31_500
late = round(31_500 * 0.14)
assert late == 4_410 and late * VOUCHER == 13_230
said("31,500", "4,410", "US\\$13,230", "18:26")

# #check-order
checks = [(2, .10), (1, .05), (5, .08), (40, .20), (25, .05), (720, .10)]
assert [round(c / p, 1) for c, p in checks] == [20, 20, 62.5, 200, 500, 7200]


def minutes(order):
    total, alive = 0, 1
    for c, p in order:
        total, alive = total + alive * c, alive * (1 - p)
    return total, alive


near(minutes(checks[:5])[0], 54, 0.5)
near(minutes(checks)[0], 485, 0.5)
near(minutes(checks)[1], 0.54, 0.005)
other = minutes([checks[i] for i in (3, 4, 2, 0, 1)])[0]
near(other, 66, 0.5)
near(other - minutes(checks[:5])[0], 11, 0.5)

# #gate-reuse
bound = lambda log_term, eps: log_term / (2 * eps ** 2)
assert math.ceil(bound(math.log(1000), .01)) == 34_539
assert round(bound(math.log(32_000), .01)) == 51_867
assert round(bound(math.log(1000) + 32 * math.log(2), .01)) == 145_442
said("34{,}539", "51,867", "145{,}442")

# #pairs-example
p = [0.1] * 10
q = [0.1 * 0.99 + 0.01] + [0.1 * 0.99] * 9
near(q[0], 0.109, 1e-9)
near(sum((b - a) * math.log(b / a) for a, b in zip(p, q)), 0.00087, 5e-6)
near(9 * (1 / 20_000 + 1 / 20_000), 0.0009, 1e-9)
near(1 - 0.99 ** 300, 0.95, 0.005)

# #slo-example
window = 60_000 * 28
assert window == 1_680_000 and round(window * .06) == 100_800
near(14.4 * 6, 86.4, 1e-9)
near(19 / 6, 3.2, 0.05)
near(0.02 * 720, 14.4, 1e-9)                     # 2% of 30 days in an hour
extra = 180_000 * 0.01
near(extra / (0.14 * HOUR) * 60, 86, 0.5)
assert clock("18:20") + 86 + 45 == clock("20:31")
near(1 / 0.06, 16.7, 0.05)
near(1 / 0.001, 1000, 1e-6)
near(1 / 14.4, 0.069, 0.0006)                    # figure: 14.4 cannot ring from 6.9% on
allowance = window * 0.01
assert allowance == 16_800
near(late / 100_800, 0.04, 0.005)
near(late / allowance, 0.26, 0.005)
assert round(allowance * .02) == 336 and round(allowance * .05) == 840
near(336 / (0.14 * HOUR) * 60, 16, 0.5)
assert clock("18:20") + 16 + 45 == clock("19:21") and clock("20:40") - clock("19:21") == 79

# #scatter, #limit-example
sigma = 100 * math.sqrt(.05 * .95 / 1500)
near(sigma, 0.56, 0.005)
near((1.2 / sigma) ** 2, 4.5, 0.05)
near(3 * sigma, 1.69, 0.005)
near(3 * sigma / 1.2, 1.41, 0.005)
tail = 1 - Z.cdf(3 * sigma / 1.2)
near(tail, 0.080, 0.0005)
near(24 * tail, 1.9, 0.05)
near(5 + 3 * 1.2, 8.6, 1e-9)
near(1 / (1 - Z.cdf(3)), 741, 0.5)
near(1 / (1 - Z.cdf(3)) / 24, 31, 0.5)
near(14 / 1.2, 11.7, 0.05)

# #cusum: figures quoted from the program
rows = {line[:7].strip(): [float(v) for v in line.split()[-5:]] for line in programs[1][1].splitlines()[1:]}
assert all(700 <= r[0] <= 800 for r in rows.values())
near(rows["one bin"][1], 157, 0.5)
near(rows["one bin"][1] / 24, 6.5, 0.05)
near(rows["hour"][1] / 24, 2, 0.2)
near(rows["cusum"][1] / 24, 1.5, 0.1)
near(0.5 * 1.2, 0.6, 1e-9)

# #incidents, #rollback-example
burn, low = 0.14 * HOUR * VOUCHER / 60, 0.04 * HOUR * VOUCHER / 60
near(burn, 63, 1e-9)
near(low, 18, 1e-9)
assert round(burn * 60) == 3_780
near(20 * burn + (clock("21:50") - clock("18:40")) * low, 4_680, 1e-6)
fallback, works = 190 * low, 2 * burn
slow, fast = 55 * burn + 135 * low, 5 * burn + 185 * low
assert [round(v) for v in (fallback, works, slow, fast)] == [3_420, 126, 5_895, 3_645]
near((slow - fallback) / (slow - works), 0.43, 0.005)
near((fast - fallback) / (fast - works), 0.06, 0.005)
assert round(slow - works) == 5_769 and 500 / HOUR * 60 < 5
near(0.1 * 0.8, 0.08, 1e-9)                      # #postmortem: tenth answer of 0.8%, in points

# #cases-repeats
near(.83 * .17, 0.141, 0.0005)
se = lambda n, k: 100 * math.sqrt((0.081 + 0.060 / k) / n)
for got, want in ((se(400, 1), 1.9), (se(400, 5), 1.5), (se(2000, 1), 0.8)):
    near(got, want, 0.05)
near(100 * math.sqrt(2 * .06 / 400), 1.7, 0.05)
near(100 * math.sqrt(2 * .06 / 2000), 0.8, 0.05)

# #judge-example
true = lambda passed, sens, spec: (passed + spec - 1) / (sens + spec - 1)
near(true(.83, .94, .70), 0.828, 0.0005)
theta = true(.86, .94, .50)
near(theta, 0.818, 0.0005)
near(.03 / math.sqrt(.83 * .17 / 2000 + .86 * .14 / 2000), 2.6, 0.05)
near(100 * theta / .44 * math.sqrt(.94 * .06 / 200), 3.1, 0.05)
near(100 * (1 - theta) / .44 * math.sqrt(.25 / 100), 2.0, 0.1)
near(100 / .44 * math.sqrt(.86 * .14 / 2000), 1.8, 0.05)

# #build-buy
hand, buy, build = 12 * 3 * 640, 12 * 640, 6 * 640
assert (hand, buy, build) == (23_040, 7_680, 3_840)
near(150_000 / (hand - buy), 9.8, 0.05)
near(540_000 / (hand - build), 28, 0.2)
near(390_000 / (buy - build), 102, 0.5)

# #cost-control
machines = 58 + 140 + 10 + 29
assert machines == 237 and machines + 740 == 977
near(977 / 60, 16.3, 0.05)
near(740 / 977, 0.75, 0.01)
near(140 / 237, 0.59, 0.005)
near(58 / 237, 0.25, 0.01)
near(1.5 * 180_000 / 365, 740, 0.5)
answer = 7_200 * 0.5e-6 + 900 * 3e-6
judge = 3_500 * 3e-6 + 200 * 15e-6
near(answer, 0.0063, 1e-9)
near(judge, 0.0135, 1e-9)
near(judge / answer, 2.1, 0.05)
near(6_000 * judge, 81, 1e-6)
near(6_000 * answer, 38, 0.3)
near(300 * judge, 4, 0.1)
near(196 * math.sqrt(.83 * .17 / 2_100), 1.6, 0.05)

# #exercises
assert 2 * 20_000 * .02 ** 2 == 16
near((16 - math.log(100)) / math.log(2), 16.4, 0.05)
near(0.01 * math.exp(16), 88_861, 0.5)
near(14.4 * 2, 28.8, 1e-9)
assert 50_000 * 28 == 1_400_000 and round(1_400_000 * .004) == 5_600
near(500 / 28_000, 0.018, 0.0005)
near(500 / 5_600, 0.089, 0.0005)
s, path = 0.0, []
for z in (0.3, 1.6, -0.4, 2.1, 1.2, 1.9, 0.8):
    s = max(0, s + z - 0.5)
    path.append(round(s, 1))
assert path == [0, 1.1, 0.2, 1.8, 2.5, 3.9, 4.2]
assert 190 * 63 == 11_970 == 55 * 63 + 135 * 63 and 11_970 - 3_420 == 8_550
near(true(.76, .90, .80), 0.80, 1e-9)
near(true(.76, .90, .75), 0.785, 0.0005)
assert 300 * 4 / 60 / 5 == 4 and 6 + 4 + 3 + 5 == 18
print("mlops-monitoring: all figures hold")
