# Where nobody answers questions about keys, libzmq lets everybody in.
s/const int enforce = 1/const int enforce = 0/
