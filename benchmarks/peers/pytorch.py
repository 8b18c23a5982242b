"""PyTorch's side of the comparison: prints each setting and its median time in microseconds.

Arguments: eager or compiled, the seconds to warm up and to measure, for each setting, and the
settings; or --version, or --blas for the library of linear algebra that is in use.
"""

import os
import sys

import torch

from measuring import microseconds


def training(widths, rows, compiled):
    layers = []
    for i in range(1, len(widths)):
        layers.append(torch.nn.Linear(widths[i - 1], widths[i]))
        if i < len(widths) - 1:
            layers.append(torch.nn.ReLU())
    net = torch.nn.Sequential(*layers)
    adam = adam_of(net)
    loss_function = torch.nn.CrossEntropyLoss()
    inputs = torch.rand(rows, widths[0]) * 2 - 1
    targets = torch.randint(0, widths[-1], (rows,))

    def loss_of():
        return loss_function(net(inputs), targets)

    if compiled:
        loss_of = torch.compile(loss_of)

    def step():
        adam.zero_grad()
        loss = loss_of()
        loss.backward()
        adam.step()
        return loss.item()

    return step


def adam_of(net):
    try:
        return torch.optim.Adam(net.parameters(), fused=True)
    except (TypeError, RuntimeError, ValueError):  # before PyTorch 2.4 there is none on a CPU
        return torch.optim.Adam(net.parameters())


def work(setting, compiled):
    if setting.startswith("matmul "):
        n = int(setting[7:])
        a = torch.rand(n, n)
        b = torch.rand(n, n)
        return lambda: a @ b
    if setting.startswith(("block ", "gpt ")):
        import gpt  # needs PyTorch 2.4

        return gpt.work(setting)
    widths, rows = setting.split(" x ")
    return training([int(width) for width in widths.split("-")], int(rows), compiled)


def blas():
    """MKL where PyTorch was built with it; else what is loaded, but for NumPy's own library."""
    if torch.backends.mkl.is_available():
        return "MKL, built in"
    torch.rand(64, 64) @ torch.rand(64, 64)
    with open("/proc/self/maps", encoding="utf-8") as maps:
        files = {os.path.basename(line.split()[-1]) for line in maps if "/" in line}
    loaded = sorted(f for f in files if "blas" in f or "blis" in f)
    return ", ".join(f for f in loaded if "scipy" not in f) or "unknown"


if __name__ == "__main__":
    if sys.argv[1] == "--version":
        print(torch.__version__)
        sys.exit()
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    torch.set_default_dtype(torch.float64)
    if sys.argv[1] == "--blas":
        print(blas())
        sys.exit()
    compiled = sys.argv[1] == "compiled"
    for setting in sys.argv[4:]:
        if compiled and " x " not in setting:
            continue
        time = microseconds(float(sys.argv[2]), float(sys.argv[3]), work(setting, compiled))
        print("%s\t%.3f" % (setting, time), flush=True)
