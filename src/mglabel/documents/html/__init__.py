"""A page or fragment of HTML as one Document; nothing here is imported before HTML is read."""
