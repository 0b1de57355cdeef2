"""What people send in: the public form, its status page, the editors' decisions; on the roof, for an error
may be reported on pages of every app, and no copy of a public page changes with what is sent."""
