"""From text to tokens, senses, numbers and names; the one room that knows words, all of them from tables."""
