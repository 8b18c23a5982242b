"""JAX's side of the comparison, as pytorch.py has it: a whole step under jit, buffers donated.

Arguments: the seconds to warm up and to measure, for each setting, and the settings; or --version.
"""

import functools
import os
import sys

# Told to use one thread, jaxlib 0.10.2 still uses all processors for a product; it starts as many
# threads as it may use processors.
if hasattr(os, "sched_setaffinity"):
    threads = int(os.environ.get("OMP_NUM_THREADS", "1"))
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-threads:])

import jax
import jax.numpy as jnp

import jax_gpt
from measuring import microseconds

BETA1, BETA2, EPSILON, RATE = 0.9, 0.999, 1e-8, 1e-3


def loss_of(weights, inputs, targets):
    x = inputs
    for i, (w, b) in enumerate(weights):
        x = x @ w + b
        if i < len(weights) - 1:
            x = jax.nn.relu(x)
    chosen = jnp.take_along_axis(jax.nn.log_softmax(x), targets[:, None], 1)
    return -chosen.mean()


def step_of(loss_of, state, inputs, targets):
    weights, first, second, count = state
    loss, gradients = jax.value_and_grad(loss_of)(weights, inputs, targets)
    count = count + 1
    first = jax.tree.map(lambda m, g: BETA1 * m + (1 - BETA1) * g, first, gradients)
    second = jax.tree.map(lambda v, g: BETA2 * v + (1 - BETA2) * g * g, second, gradients)

    def update(w, m, v):
        return w - RATE / (1 - BETA1**count) * m / (jnp.sqrt(v / (1 - BETA2**count)) + EPSILON)

    return loss, (jax.tree.map(update, weights, first, second), first, second, count)


def dense(widths, rows):
    keys = iter(jax.random.split(jax.random.PRNGKey(1), 2 * len(widths) + 2))
    weights = []
    for fan_in, fan_out in zip(widths, widths[1:]):
        bound = fan_in**-0.5
        weights.append(
            (
                jax.random.uniform(next(keys), (fan_in, fan_out), minval=-bound, maxval=bound),
                jax.random.uniform(next(keys), (fan_out,), minval=-bound, maxval=bound),
            )
        )
    inputs = jax.random.uniform(next(keys), (rows, widths[0]), minval=-1, maxval=1)
    return loss_of, weights, inputs, jax.random.randint(next(keys), (rows,), 0, widths[-1])


def training(loss_of, weights, inputs, targets):
    zeros = lambda: jax.tree.map(jnp.zeros_like, weights)
    state = [(weights, zeros(), zeros(), jnp.zeros(()))]
    step = jax.jit(functools.partial(step_of, loss_of), donate_argnums=0)

    def run():
        loss, state[0] = step(state[0], inputs, targets)
        return loss.item()

    return run


def work(setting):
    if setting.startswith("matmul "):
        n = int(setting[7:])
        a, b = (jax.random.uniform(jax.random.PRNGKey(seed), (n, n)) for seed in (1, 2))
        product = jax.jit(jnp.matmul)
        return lambda: product(a, b).block_until_ready()
    if setting.startswith(("block ", "gpt ")):
        return training(*jax_gpt.of(setting))
    widths, rows = setting.split(" x ")
    return training(*dense([int(width) for width in widths.split("-")], int(rows)))


if __name__ == "__main__":
    if sys.argv[1] == "--version":
        print(jax.__version__)
        sys.exit()
    jax.config.update("jax_enable_x64", True)
    for setting in sys.argv[3:]:
        time = microseconds(float(sys.argv[1]), float(sys.argv[2]), work(setting))
        print("%s\t%.3f" % (setting, time), flush=True)
