"""`python -m build_dataset` is `build-dataset`."""

from build_dataset.cli import main

if __name__ == "__main__":
    main()
