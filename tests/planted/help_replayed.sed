# A replay goes over the end of a right to see what helps.
s/if (holder\.seer\.for_now) devices_\.at(holder\.number)\.right_ended(seq);/(void)holder, (void)seq;/
