# A replay goes over the end of a right to see what helps.
s/snapshot_seq = std::max(snapshot_seq, seq);/(void)snapshot_seq;/
