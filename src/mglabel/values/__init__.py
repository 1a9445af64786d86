"""The lowest room: frozen value types, intervals, evidence and errors. Imports no other room."""
