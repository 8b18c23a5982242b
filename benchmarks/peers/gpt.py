"""A small transformer in PyTorch, as Example08Gpt has it: its losses, or the time of a step.

  gpt.py --losses STEPS NAMES     the loss of each step of the larger GPT, from weights that a
                                  sequence of numbers gives, on the names of a file in its order
  gpt.py WARM-UP SECONDS SETTING ...
                                  the median time of a training step in microseconds; a setting is
                                  "block BATCH,CONTEXT,WIDTH relu" (or gelu), or "gpt BATCH"

It is written for speed: attention by scaled_dot_product_attention, Adam fused.
"""

import sys

import torch
from torch import nn
from torch.nn import functional

from measuring import microseconds

LETTERS, CONTEXT, NOTHING = 27, 16, -1


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.inner = nn.Linear(width, 3 * width)
        self.outer = nn.Linear(width, width)

    def forward(self, x):
        batch, context, width = x.shape
        q, k, v = (
            part.view(batch, context, self.heads, -1).transpose(1, 2)
            for part in self.inner(x).chunk(3, -1)
        )
        y = functional.scaled_dot_product_attention(q, k, v, is_causal=True)
        return self.outer(y.transpose(1, 2).reshape(x.shape))


class Block(nn.Module):
    def __init__(self, width, heads, activation=nn.ReLU):
        super().__init__()
        self.norm1 = nn.RMSNorm(width)
        self.attention = Attention(width, heads)
        self.norm2 = nn.RMSNorm(width)
        self.net = nn.Sequential(
            nn.Linear(width, 4 * width), activation(), nn.Linear(4 * width, width)
        )

    def forward(self, x):
        x = x + self.attention(self.norm1(x))
        return x + self.net(self.norm2(x))


class Gpt(nn.Module):
    def __init__(self, layers, width, heads):
        super().__init__()
        self.letters = nn.Embedding(LETTERS, width)
        self.places = nn.Embedding(CONTEXT, width)
        self.blocks = nn.Sequential(*(Block(width, heads) for _ in range(layers)))
        self.norm = nn.RMSNorm(width)
        self.head = nn.Linear(width, LETTERS)

    def forward(self, codes):
        x = self.letters(codes) + self.places(torch.arange(codes.shape[1]))
        return self.head(self.norm(self.blocks(x)))


def loss_of(gpt, codes, following):
    return functional.cross_entropy(
        gpt(codes).view(-1, LETTERS), following.view(-1), ignore_index=NOTHING
    )


def examples(names):
    codes = torch.zeros(len(names), CONTEXT, dtype=torch.long)
    following = torch.full((len(names), CONTEXT), NOTHING)
    for row, name in enumerate(names):
        letters = [ord(letter) - ord("a") + 1 for letter in name]
        codes[row, 1 : len(name) + 1] = torch.tensor(letters)
        following[row, : len(name) + 1] = torch.tensor(letters + [0])
    return codes, following


def fill(net):
    """Weights in x out, in order, from a linear congruential generator; norms near 1."""
    state = 8
    with torch.no_grad():
        for name, weight in net.named_parameters():
            values = []
            for _ in range(weight.numel()):
                state = (1103515245 * state + 12345) % 2**31
                values.append(0.2 * (state / 2**31 - 0.5) + (1.0 if "norm" in name else 0.0))
            if weight.dim() == 2 and "letters" not in name and "places" not in name:
                weight.copy_(torch.tensor(values).view(weight.shape[1], weight.shape[0]).T)
            else:
                weight.copy_(torch.tensor(values).view(weight.shape))


def losses(steps, file):
    with open(file, encoding="utf-8") as lines:
        codes, following = examples([line.strip() for line in lines][: 32 * steps])
    gpt = Gpt(2, 64, 4)
    fill(gpt)
    adam = torch.optim.Adam(gpt.parameters())
    for step in range(steps):
        rows = slice(32 * step, 32 * step + 32)
        adam.zero_grad()
        loss = loss_of(gpt, codes[rows], following[rows])
        loss.backward()
        adam.step()
        print(repr(loss.item()))


def stepping(net, loss):
    adam = torch.optim.Adam(net.parameters(), fused=True)

    def step():
        adam.zero_grad()
        value = loss()
        value.backward()
        adam.step()
        return value.item()

    return step


def work(setting):
    kind, sizes, *activation = setting.split(" ")
    if kind == "gpt":
        gpt = Gpt(2, 64, 4) if sizes != "1" else Gpt(1, 16, 4)
        codes, following = examples(["name" * (1 + row % 3) for row in range(int(sizes))])
        return stepping(gpt, lambda: loss_of(gpt, codes, following))
    batch, context, width = (int(size) for size in sizes.split(","))
    block = Block(width, 4, nn.ReLU if activation[0] == "relu" else nn.GELU)
    x = torch.rand(batch, context, width) * 2 - 1
    return stepping(block, lambda: block(x).square().mean())


if __name__ == "__main__":
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    if sys.argv[1] == "--losses":
        losses(int(sys.argv[2]), sys.argv[3])
    else:
        for setting in sys.argv[3:]:
            time = microseconds(float(sys.argv[1]), float(sys.argv[2]), work(setting))
            print("%s\t%.3f" % (setting, time), flush=True)
