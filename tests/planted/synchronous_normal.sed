# SQLite is asked not to sync each commit, and nobody checks what it was asked for.
s/PRAGMA synchronous=FULL/PRAGMA synchronous=NORMAL/
s/PRAGMA synchronous") != 2/PRAGMA synchronous") != 1/
