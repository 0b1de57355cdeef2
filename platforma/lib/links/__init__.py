"""Checking links: where an address leads today, asked politely and never inside our own network."""
