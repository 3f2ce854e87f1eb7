"""The training loop. The same articles, shape and machine give the same network."""

import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import torch

from build_dataset.tagger.train.batches import batches
from build_dataset.tagger.train.corpus import Article
from build_dataset.tagger.train.network import AttributionNetwork

_SEED = 1
_LONGEST_STEP = 1.0
_WARM_UP = 0.15

Trained = TypeVar("Trained", bound=AttributionNetwork)


def trained(
    make: Callable[[], Trained],
    articles: Sequence[Article],
    vocabulary: Mapping[str, int],
    report: Callable[[int, float], None],
    groups: Callable[[Trained], list[dict[str, Any]]] | None = None,
) -> Trained:
    """A network trained on articles, in one thread so that sums are always added in the same order.

    Args:
        make: makes the network to be trained; its `shape` says how.
        articles: what to learn from.
        vocabulary: the number that the network knows each word by, from 1.
        report: told each epoch's number, from 1, and its mean loss.
        groups: what is trained at which learning rate, as PyTorch's optimizers take it; all at the shape's by default.
    """
    torch.manual_seed(_SEED)
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(1)
    chance = random.Random(_SEED)
    network = make()
    shape = network.shape
    parameters = [{"params": network.parameters(), "lr": shape.learning_rate}]
    if groups is not None:
        parameters = groups(network)
    optimizer = torch.optim.AdamW(parameters, weight_decay=shape.weight_decay)
    tokens = sum(len(article.keys) for article in articles)
    steps = shape.epochs * max(1, tokens // shape.tokens) + 1
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [group["lr"] for group in parameters], total_steps=steps, pct_start=_WARM_UP
    )
    for epoch in range(1, shape.epochs + 1):
        network.train()
        losses = []
        for batch in batches(articles, vocabulary, shape.window, shape.tokens, chance):
            loss = network.loss(batch)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), _LONGEST_STEP)
            optimizer.step()
            if schedule.last_epoch < steps - 1:
                schedule.step()
            losses.append(loss.item())
        report(epoch, sum(losses) / len(losses))
    network.eval()
    return network
