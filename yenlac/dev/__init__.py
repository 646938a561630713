"""What `make dev` adds to the site: the debug toolbar. Nothing here is read outside development."""
