"""PyTorch's side of the comparison: prints each setting and its median time in microseconds.

Arguments: the seconds to warm up and to measure, for each setting, and the settings; or --version.
"""

import statistics
import sys
import time

import torch

BLOCK = 0.02


def microseconds(warm_up, seconds, work):
    """The same measurement as in Timing.java."""
    for share in 0.8, 0.2:
        start = time.perf_counter()
        runs = 0
        while runs == 0 or time.perf_counter() - start < warm_up * share:
            work()
            runs += 1
        elapsed = time.perf_counter() - start
    per_block = max(1, round(runs * BLOCK / elapsed))
    times = []
    start = time.perf_counter()
    while len(times) < 5 or time.perf_counter() - start < seconds:
        begin = time.perf_counter()
        for _ in range(per_block):
            work()
        times.append((time.perf_counter() - begin) / per_block * 1e6)
    return statistics.median(times)


def training(widths, rows):
    layers = []
    for i in range(1, len(widths)):
        layers.append(torch.nn.Linear(widths[i - 1], widths[i]))
        if i < len(widths) - 1:
            layers.append(torch.nn.ReLU())
    net = torch.nn.Sequential(*layers)
    adam = torch.optim.Adam(net.parameters())
    loss_function = torch.nn.CrossEntropyLoss()
    inputs = torch.rand(rows, widths[0]) * 2 - 1
    targets = torch.randint(0, widths[-1], (rows,))

    def step():
        adam.zero_grad()
        loss = loss_function(net(inputs), targets)
        loss.backward()
        adam.step()
        return loss.item()

    return step


def work(setting):
    if setting.startswith("matmul "):
        n = int(setting[7:])
        a = torch.rand(n, n)
        b = torch.rand(n, n)
        return lambda: a @ b
    widths, rows = setting.split(" x ")
    return training([int(width) for width in widths.split("-")], int(rows))


if __name__ == "__main__":
    if sys.argv[1] == "--version":
        print(torch.__version__)
        sys.exit()
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    warm_up, seconds = float(sys.argv[1]), float(sys.argv[2])
    for setting in sys.argv[3:]:
        print("%s\t%.3f" % (setting, microseconds(warm_up, seconds, work(setting))), flush=True)
