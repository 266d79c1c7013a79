"""Records what PyTorch says about a small list scorer, for test/transformer-fixture.test.ts.

    python bench/peers/transformer_fixture.py > test/fixtures/transformer.json

The model is written out in plain tensor formulas, not with torch.nn, so that nothing but autograd, softmax and the matrix product is
taken on trust. Everything is float64 with weights that float32 holds exactly. Needs torch (the version is stored in the fixture). Users
and `npm test` never run this.

Legend: B batch, K slate, F features, D width, H heads, E = D / H head width.
"""

import json
import math
import sys

import torch

B, K, F, D, H, INNER, BLOCKS = 3, 5, 6, 8, 2, 12, 2
E = D // H
LIST_NET_WEIGHT = 0.5


def draw(generator, *shape, scale=0.5, around=0.0):
    numbers = torch.randn(shape, generator=generator, dtype=torch.float32) * scale + around
    return numbers.to(torch.float32).to(torch.float64)


def create_weights(generator):
    """By the names that `collectParameters` gives; a linear weight is [inputs, outputs]. Gains and biases are not what they start from."""
    weights = {}

    def linear(name, inputs, outputs):
        weights[f"{name}.weight"] = draw(generator, inputs, outputs)
        weights[f"{name}.bias"] = draw(generator, outputs)

    def norm(name):
        weights[f"{name}.gain"] = draw(generator, D, around=1.0)
        weights[f"{name}.bias"] = draw(generator, D)

    linear("input", F, D)
    for block in range(BLOCKS):
        norm(f"blocks.{block}.attentionNorm")
        for part in ("query", "key", "value", "output"):
            linear(f"blocks.{block}.attention.{part}", D, D)
        norm(f"blocks.{block}.feedForwardNorm")
        linear(f"blocks.{block}.feedForward.expand", D, INNER)
        linear(f"blocks.{block}.feedForward.contract", INNER, D)
    norm("norm")
    linear("logit", D, 1)
    return weights


def score(weights, features, mask):
    def linear(name, x):
        return x @ weights[f"{name}.weight"] + weights[f"{name}.bias"]

    def norm(name, x):
        centred = x - x.mean(-1, keepdim=True)
        variance = (centred**2).mean(-1, keepdim=True)
        return centred / torch.sqrt(variance + 1e-5) * weights[f"{name}.gain"] + weights[f"{name}.bias"]

    def attention(name, x):
        def heads(part):
            return linear(f"{name}.{part}", x).reshape(B, K, H, E).transpose(1, 2)

        scores = heads("query") @ heads("key").transpose(2, 3) / math.sqrt(E)
        scores = scores.masked_fill(mask[:, None, None, :] == 0, -math.inf)
        mixed = torch.softmax(scores, -1) @ heads("value")
        return linear(f"{name}.output", mixed.transpose(1, 2).reshape(B, K, D))

    x = linear("input", features)
    for block in range(BLOCKS):
        name = f"blocks.{block}"
        x = x + attention(f"{name}.attention", norm(f"{name}.attentionNorm", x))
        hidden = torch.relu(linear(f"{name}.feedForward.expand", norm(f"{name}.feedForwardNorm", x)))
        x = x + linear(f"{name}.feedForward.contract", hidden)
    return linear("logit", norm("norm", x)).squeeze(-1)


def binary_cross_entropy(logits, labels, mask):
    p = torch.sigmoid(logits)
    losses = -(labels * torch.log(p) + (1 - labels) * torch.log(1 - p))
    return losses[mask == 1].mean()


def list_net(logits, labels, mask):
    """Top-1, target labels over their sum; slates without a click do not count."""
    losses = []
    for z, y, m in zip(logits, labels, mask):
        z, y = z[m == 1], y[m == 1]
        if y.sum() > 0:
            losses.append(-(y / y.sum() * torch.log_softmax(z, 0)).sum())
    return torch.stack(losses).mean()


def main():
    generator = torch.Generator().manual_seed(20251104)
    weights = create_weights(generator)
    features = draw(generator, B, K, F, scale=1.0)
    mask = torch.tensor([[1, 1, 1, 1, 1], [1, 1, 1, 0, 0], [1, 1, 1, 1, 0]], dtype=torch.float64)
    labels = torch.tensor([[0, 1, 0, 1, 0], [1, 0, 0, 0, 0], [0, 0, 0, 0, 0]], dtype=torch.float64)
    for tensor in (features, *weights.values()):
        tensor.requires_grad_(True)

    logits = score(weights, features, mask)
    bce = binary_cross_entropy(logits, labels, mask)
    listwise = list_net(logits, labels, mask)
    loss = bce + LIST_NET_WEIGHT * listwise
    loss.backward()

    fixture = {
        "torch": torch.__version__,
        "sizes": {"B": B, "K": K, "F": F, "D": D, "heads": H, "feedForward": INNER, "blocks": BLOCKS},
        "listNetWeight": LIST_NET_WEIGHT,
        "featuresBKF": features.tolist(),
        "maskBK": mask.tolist(),
        "labelsBK": labels.tolist(),
        "weights": {name: weight.flatten().tolist() for name, weight in weights.items()},
        "logitsBK": logits.tolist(),
        "losses": {"bce": bce.item(), "listNet": listwise.item(), "total": loss.item()},
        "gradients": {name: weight.grad.flatten().tolist() for name, weight in weights.items()},
        "featureGradientsBKF": features.grad.tolist(),
    }
    json.dump(fixture, sys.stdout, separators=(",", ":"))
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
