"""A small neural network that reads attributions: which word reports, what it reports, and whose it is.

    tokens → features → network (integers only) → scores → spans

`features` turns tokens into numbers, `network` is a convolutional network over them whose arithmetic is exact, so that
every machine finds the same, `spans` reads the best spans off its scores, `model` ties them together and reads the
file. `train` makes the file from annotated articles; it alone needs PyTorch.
"""
