"""Imported once, by the process that all workers are forked from: they share what takes long to load."""

import gc

import build_dataset.assemble.assembly
import build_dataset.assemble.speakers
import build_dataset.shards.shard
import build_dataset.validate.parts  # noqa: F401 - for the sake of what they import
from build_dataset.batch import process_batch
from build_dataset.cache import tool_digest
from build_dataset.document import Document
from build_dataset.lang.pack import codes, load_pack
from build_dataset.segment.text import segment

for code in codes():
    pack = load_pack(code)
    pack.attribution.frames(segment("", pack))  # reads what a pack reads when first needed

process_batch([Document("", "")])  # Arrow imports pandas, where it is installed, when it is first given rows
tool_digest()  # is remembered
gc.freeze()  # a collection in a worker leaves what is shared alone
