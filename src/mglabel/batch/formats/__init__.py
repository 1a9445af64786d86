"""Tables of products in the formats that shops and suppliers send, each as a stream of rows."""
