"""Previews: an entry that readers do not see yet, on the very page that they will see."""
