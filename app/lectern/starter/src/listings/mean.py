"""The mean of numbers that do not fit into memory."""

# ANCHOR: mean
def mean(numbers):
    count, total = 0, 0.0
    for number in numbers:
        count += 1
        total += number
    return total / count
# ANCHOR_END: mean


if __name__ == "__main__":
    print(mean(range(10)))
