"""The page and the files for clusters: see `build_dataset/docs/cluster.md`."""
