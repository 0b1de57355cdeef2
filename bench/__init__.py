"""The benchmark behind `make bench`: our figures beside the peers', in one run, on the same content."""
