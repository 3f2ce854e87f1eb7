"""Training of the tagger; needs the extra `train`.

    corpus → batches → network → export

`corpus` reads annotated articles, `batches` lines them up, `network` is what is trained, `training` the loop, `export`
turns the outcome into integers.
"""
