# The engine lets everything out at once, answers and news, without waiting for the disk.
s/const bool open = barrier_\.open(\(.*\));/const bool open = barrier_.open(\1) || true;/
