"""The log: entries as leaves of a Merkle tree, with signed checkpoints and proofs that anyone can check offline.

Pure: it knows no clock, no file, no network and no randomness; they are passed in.
"""
