"""From a programme to what the engine of pairing is asked (`orders`), and the answer, in a process of its own.

`solving` is the only door to `pairing`; `apart` and `compiling` run behind it.
"""
