"""Changes of the tree by plan: drawn, rehearsed, carried out, undone.

`layout` draws what ends and what begins; `carry_out` writes it, in one transaction, and hands over what the units have;
`rehearsal` does the same and rolls it back; `questions` is what somebody has to choose; `undo` puts everything back;
`schedule` lets a plan wait for its day; `loading` reads a plan from a file. `outcome` holds what pages show of it.
"""
