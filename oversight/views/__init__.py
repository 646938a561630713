"""The pages of oversight, one module each."""
