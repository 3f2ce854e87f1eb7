"""Training of the tagger; needs the extra `train`.

    corpus → batches → network or encoder → training → export

`corpus` reads annotated articles, `batches` lines them up, `network` (which begins with `vectors`) and `encoder` are
what is trained, `training` is the loop, `export` turns the outcome into integers.
"""
