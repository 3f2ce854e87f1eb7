"""Shards of work: the sources cut into tasks, each extracted into a folder of rows that is there whole or not at all.

`plan` cuts, `shard` runs one task, `finished` knows one that an earlier run has done, `extraction` runs all, and `rows`
is how the rows are kept until they are assembled.
"""
