"""What a run comes to: one document, as JSON, as a page, and as text for a pull request."""
