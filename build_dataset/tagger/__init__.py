"""Learned reading of attributions: which word reports, what it reports, and whose it is.

    tokens → features → words or encoder → network → spans → settle

============ =============================================================================================
module       what it does
============ =============================================================================================
features.py  turns tokens into numbers
words.py     reads a text by convolutions over words, in exact arithmetic (engine `fast`)
encoder.py   reads it by a pretrained encoder (engine `accurate`), cut into stretches by `reading.py`
network.py   the integers: convolutions over the text and around each cue
spans.py     the best stretches of content and source from the scores
model.py     ties them together, and keeps them in a file
settle.py    whose content it is where several cues claim it
train/       makes the files from annotated articles; it alone needs PyTorch
============ =============================================================================================
"""
