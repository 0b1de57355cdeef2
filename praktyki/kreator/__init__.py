"""The chooser "Jak nie dotacje, to co?": what it knows, how it judges, how it reads an address, its page."""
