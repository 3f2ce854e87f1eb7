"""From a dataset folder to the Hugging Face Hub, and back."""
