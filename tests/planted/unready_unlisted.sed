# A device whose test did not come through is left off the list.
s/if (!needs_proof(device) || is_ready(state, device)/if (!needs_proof(device) || mark_of(state, id).failed_at != 0 || is_ready(state, device)/
