"""Write the column tables of dataset_card.md anew: `python -m tests.update_card`."""

from pathlib import Path

from build_dataset.write.card import fill_columns

if __name__ == "__main__":
    card = Path("dataset_card.md")
    card.write_text(fill_columns(card.read_text(encoding="utf-8")), encoding="utf-8")
