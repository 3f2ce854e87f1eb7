"""The training loop. The same articles, shape and machine give the same network."""

import random
from collections.abc import Callable, Mapping, Sequence

import torch
from torch import Tensor

from build_dataset.tagger.train.batches import batches
from build_dataset.tagger.train.corpus import Article
from build_dataset.tagger.train.network import Shape, TrainedNetwork

_SEED = 1
_LONGEST_STEP = 1.0
_WARM_UP = 0.15


def trained(
    articles: Sequence[Article],
    vocabulary: Mapping[str, int],
    vectors: Tensor,
    shape: Shape,
    report: Callable[[int, float], None],
) -> TrainedNetwork:
    """A network trained on articles, in one thread so that sums are always added in the same order.

    Args:
        articles: what to learn from.
        vocabulary: the row of each word in `vectors`, counted from 1.
        vectors: words × dimensions to begin with.
        shape: size and schedule.
        report: told each epoch's number, from 1, and its mean loss.
    """
    torch.manual_seed(_SEED)
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(1)
    chance = random.Random(_SEED)
    network = TrainedNetwork(shape, vectors)
    optimizer = torch.optim.AdamW(
        network.parameters(), lr=shape.learning_rate, weight_decay=shape.weight_decay
    )
    tokens = sum(len(article.keys) for article in articles)
    steps = shape.epochs * max(1, tokens // shape.tokens) + 1
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, shape.learning_rate, total_steps=steps, pct_start=_WARM_UP
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
