"""The library as tools of the Model Context Protocol, over stdio and HTTP (official SDK)."""
