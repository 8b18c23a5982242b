"""Prints the cases of nn/src/test/resources/attention.json: layers for sequences, in PyTorch."""

import json
import sys

import torch
from torch import nn
from torch.nn import functional


def numbers(x):
    return x.detach().tolist()


def case(name, inputs, f):
    leaves = {}
    for key, value in inputs.items():
        leaves[key] = value.requires_grad_() if value.is_floating_point() else value
    output = f(**leaves)
    upstream = torch.randn_like(output)
    gradients = iter(
        torch.autograd.grad(output, [x for x in leaves.values() if x.requires_grad], upstream)
    )
    return {
        "name": name,
        "note": "",
        "inputs": {key: numbers(x) for key, x in leaves.items()},
        "output": numbers(output),
        "upstream": numbers(upstream),
        "gradients": {
            key: numbers(next(gradients)) if x.requires_grad else None for key, x in leaves.items()
        },
    }


def attention(heads, causal):
    def output(x, w_in, b_in, w_out, b_out):
        layer = nn.MultiheadAttention(x.shape[-1], heads, batch_first=True)
        weights = {
            "in_proj_weight": w_in.T,
            "in_proj_bias": b_in,
            "out_proj.weight": w_out.T,
            "out_proj.bias": b_out,
        }
        mask = nn.Transformer.generate_square_subsequent_mask(x.shape[1], dtype=x.dtype)
        settings = {"attn_mask": mask if causal else None, "need_weights": False}
        return torch.func.functional_call(layer, weights, (x, x, x), settings)[0]

    return output


torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
torch.manual_seed(15)
r = torch.randn
cases = [
    case(
        "attention %d heads%s" % (heads, ", causal" if causal else ""),
        {"x": r(2, 4, 6), "w_in": r(6, 18), "b_in": r(18), "w_out": r(6, 6), "b_out": r(6)},
        attention(heads, causal),
    )
    for heads, causal in ((1, False), (2, True), (3, False), (6, True))
]
cases.append(
    case(
        "rms_norm",
        {"x": r(2, 3, 5), "weight": r(5)},
        lambda x, weight: functional.rms_norm(x, (5,), weight),
    )
)
cases.append(
    case(
        "rms_norm_epsilon",
        {"x": r(3, 4), "weight": r(4)},
        lambda x, weight: functional.rms_norm(x, (4,), weight, 0.3),
    )
)
cases.append(
    case(
        "embedding",
        {"weight": r(5, 3), "codes": torch.tensor([[0, 4, 2, 0], [1, 1, 1, 3]])},
        lambda weight, codes: functional.embedding(codes, weight),
    )
)
json.dump(
    {
        "made_with": "PyTorch %s, float64" % torch.__version__.split("+")[0],
        "meaning": "gradients[i] = d sum(upstream * output) / d inputs[i]; weights are in x out",
        "cases": cases,
    },
    sys.stdout,
)
