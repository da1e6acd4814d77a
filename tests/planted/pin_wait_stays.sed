# The delay after a wrong PIN does not grow.
s/delay \*= 2/delay *= 1/
