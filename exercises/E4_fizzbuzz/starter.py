def fizzbuzz(n):
    """Returns the list of what is said when counting from 1 to n."""
