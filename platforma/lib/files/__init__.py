"""Files from outside: which are let in, what is read in them, and how readers get them."""
