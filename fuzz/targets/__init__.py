"""What is fuzzed, one module a target; each says what it begins with, how it is changed and what must hold."""
