"""The transformers of gpt.py in JAX: the loss, weights, inputs and targets of a setting."""

import jax
import jax.numpy as jnp

LETTERS, CONTEXT, NOTHING, HEADS = 27, 16, -1, 4


def linear(key, fan_in, fan_out):
    bound = fan_in**-0.5
    w, b = jax.random.split(key)
    return (
        jax.random.uniform(w, (fan_in, fan_out), minval=-bound, maxval=bound),
        jax.random.uniform(b, (fan_out,), minval=-bound, maxval=bound),
    )


def affine(weights, x):
    w, b = weights
    return x @ w + b


def normed(gain, x):
    return x * jax.lax.rsqrt(jnp.square(x).mean(-1, keepdims=True) + jnp.finfo(x.dtype).eps) * gain


def attention(inner, outer, x):
    batch, context, width = x.shape
    q, k, v = (
        part.reshape(batch, context, HEADS, -1) for part in jnp.split(affine(inner, x), 3, -1)
    )
    y = jax.nn.dot_product_attention(q, k, v, is_causal=True)
    return affine(outer, y.reshape(x.shape))


def block_weights(key, width):
    inner, outer, up, down = jax.random.split(key, 4)
    return {
        "norm1": jnp.ones(width),
        "inner": linear(inner, width, 3 * width),
        "outer": linear(outer, width, width),
        "norm2": jnp.ones(width),
        "up": linear(up, width, 4 * width),
        "down": linear(down, 4 * width, width),
    }


def block(weights, x, activation=jax.nn.relu):
    x = x + attention(weights["inner"], weights["outer"], normed(weights["norm1"], x))
    hidden = activation(affine(weights["up"], normed(weights["norm2"], x)))
    return x + affine(weights["down"], hidden)


def gpt(weights, codes):
    x = weights["letters"][codes] + weights["places"][: codes.shape[1]]
    for each in weights["blocks"]:
        x = block(each, x)
    return affine(weights["head"], normed(weights["norm"], x))


def gpt_loss(weights, codes, following):
    logits = jax.nn.log_softmax(gpt(weights, codes))
    known = following != NOTHING
    chosen = jnp.take_along_axis(logits, jnp.where(known, following, 0)[..., None], -1)[..., 0]
    return -jnp.where(known, chosen, 0).sum() / known.sum()


def gpt_weights(key, layers, width):
    letters, places, head, *blocks = jax.random.split(key, 3 + layers)
    return {
        "letters": 0.02 * jax.random.normal(letters, (LETTERS, width)),
        "places": 0.02 * jax.random.normal(places, (CONTEXT, width)),
        "blocks": [block_weights(each, width) for each in blocks],
        "norm": jnp.ones(width),
        "head": linear(head, width, LETTERS),
    }


def examples(names):
    rows = [[0] + [ord(letter) - ord("a") + 1 for letter in name] for name in names]
    codes = [row + [0] * (CONTEXT - len(row)) for row in rows]
    following = [row[1:] + [0] + [NOTHING] * (CONTEXT - len(row)) for row in rows]
    return jnp.array(codes), jnp.array(following)


def of(setting):
    kind, sizes, *activation = setting.split(" ")
    key = jax.random.PRNGKey(1)
    if kind == "gpt":
        weights = gpt_weights(key, 2, 64) if sizes != "1" else gpt_weights(key, 1, 16)
        return gpt_loss, weights, *examples(["name" * (1 + row % 3) for row in range(int(sizes))])
    batch, context, width = (int(size) for size in sizes.split(","))
    relu = activation[0] == "relu"
    f = jax.nn.relu if relu else lambda x: jax.nn.gelu(x, approximate=False)

    def loss(weights, x, _):
        return jnp.square(block(weights, x, f)).mean()

    x = jax.random.uniform(key, (batch, context, width), minval=-1, maxval=1)
    return loss, block_weights(key, width), x, jnp.zeros(())
