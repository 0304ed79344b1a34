"""The form editor's configuration and page, and the forms, all generated from the model."""
