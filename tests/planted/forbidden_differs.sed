# Who has no part in a call is told that it was not offered to them: so there is one.
s/ || !has_part(\*call, \*device)//
