"""One label in, one `Analysis` out: the pipeline, its result and the result's JSON form."""
