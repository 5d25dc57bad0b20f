"""The few files that all pages use."""

STATIC = {
    "chancery.svg": "image/svg+xml",
    "chancery.css": "text/css; charset=utf-8",
    "chancery.js": "text/javascript; charset=utf-8",
    "search.js": "text/javascript; charset=utf-8",
}
"""Each with its media type."""
