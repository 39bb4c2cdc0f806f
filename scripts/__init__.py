"""Small tools for working on the project; the product does not import them."""
