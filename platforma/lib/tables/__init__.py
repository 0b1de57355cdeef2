"""Tables of editors: entries exported to a spreadsheet, corrected there and imported again."""
