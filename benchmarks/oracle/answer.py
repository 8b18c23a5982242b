"""Answers questions about random programs: values, gradients, and products with the Hessian.

Arguments: pytorch or jax, the file of questions, the file for the answers; or the framework and
--version. Each line is a JSON object; numbers are doubles in hexadecimal.
"""

import json
import sys
import warnings

# PyTorch misses NumPy, which it does not need for this.
warnings.filterwarnings("ignore", message="Failed to initialize NumPy")


def write(value):
    # Python writes inf and nan by these names in hexadecimal, too.
    return float(value).hex()


def read(values):
    return [float.fromhex(value) for value in values]


class PyTorch:
    """Reverse mode twice, as torch.autograd.grad does it."""

    def __init__(self):
        import torch

        self.torch = torch
        self.version = torch.__version__
        torch.set_num_threads(1)

    def answer(self, graph, inputs, upstream, directions):
        torch = self.torch
        for x in inputs:
            x.requires_grad_()
        y = graph(*inputs)
        u = torch.tensor(upstream).reshape(y.shape)
        gradients = self.gradients(y, inputs, u, create_graph=True)
        slope = sum(
            torch.sum(g * torch.tensor(v).reshape(x.shape))
            for g, v, x in zip(gradients, directions, inputs)
        )
        products = self.gradients(slope, inputs, torch.tensor(1.0))
        return self.plain(y), [self.plain(g) for g in gradients], map(self.plain, products)

    def plain(self, x):
        # The derivative of torch.sign is a tensor without storage, whose numbers cannot be read.
        return self.torch.zeros(x.shape) if x._is_zerotensor() else x.detach()

    def gradients(self, y, inputs, upstream, create_graph=False):
        if not y.requires_grad:
            return [self.torch.zeros_like(x) for x in inputs]
        return self.torch.autograd.grad(
            y,
            inputs,
            grad_outputs=upstream,
            create_graph=create_graph,
            allow_unused=True,
            materialize_grads=True,
        )


class Jax:
    """Reverse mode twice, with jax.vjp."""

    def __init__(self):
        import jax
        import jax.numpy as jnp

        jax.config.update("jax_enable_x64", True)
        self.jax, self.jnp = jax, jnp
        self.version = jax.__version__

    def answer(self, graph, inputs, upstream, directions):
        jnp = self.jnp
        y = graph(*inputs)
        u = jnp.array(upstream, dtype=float).reshape(y.shape)
        gradients, back = self.jax.vjp(lambda *x: self.jax.vjp(graph, *x)[1](u), *inputs)
        v = tuple(
            jnp.array(d, dtype=float).reshape(x.shape) for d, x in zip(directions, inputs)
        )
        return y, gradients, back(v)


def answer(framework, code, question):
    program = {}
    exec(code, program)
    y, gradients, products = framework.answer(
        program["graph"],
        program["inputs"],
        read(question["upstream"]),
        [read(direction) for direction in question["directions"]],
    )

    def flat(x):
        return [write(value) for value in x.reshape(-1).tolist()]

    return {
        "shape": list(y.shape),
        "value": flat(y),
        "gradients": [flat(g) for g in gradients],
        "products": [flat(p) for p in products],
    }


framework = {"pytorch": PyTorch, "jax": Jax}[sys.argv[1]]()
if sys.argv[2] == "--version":
    print(framework.version)
    sys.exit()
with open(sys.argv[2]) as questions, open(sys.argv[3], "w") as answers:
    for line in questions:
        question = json.loads(line)
        result = {"id": question["id"]}
        try:
            result["answer"] = answer(framework, question[sys.argv[1]], question)
        except Exception as refused:  # what a framework refuses is an answer, too
            result["error"] = "%s: %s" % (type(refused).__name__, refused)
        answers.write(json.dumps(result) + "\n")
