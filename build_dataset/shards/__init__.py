"""Shards of work: the sources cut into tasks, each extracted into rows that are there whole or not at all.

`plan` cuts, `shard` runs one task, `extraction` runs all, `finished` knows one that an earlier run has done, `known` an
article that an earlier build has read. `store` and `object_store` keep finished shards, `work` says where, and `rows`
is how their rows are written until they are assembled.
"""
