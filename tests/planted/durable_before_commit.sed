# The journal says "durable" just before the commit and not after it.
s/if (transaction) transaction->commit();/if (transaction) outlet_->durable(head_seq_), transaction->commit();/
