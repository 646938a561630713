"""The source list: who is on it on any day, which groups they belong to, who helps them, what is proposed for them."""
