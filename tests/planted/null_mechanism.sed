# The native door speaks the NULL mechanism: nobody shows a key, and nobody is asked for one.
/sockopt::curve_server\|sockopt::curve_secretkey\|sockopt::zap_domain,/d
s/const int enforce = 1/const int enforce = 0/
