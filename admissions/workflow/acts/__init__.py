"""What each act does to a dossier, and beside the function its row: everything else there is to know of the act.

An act takes the dossier and the facts the person entered, checks them, sets columns, and returns the state that
follows. It raises `Refused` with a sentence for each field that is wrong; the caller undoes everything.
Only `workflow` calls an act, inside its transaction.
"""
