# A child who is not ready yet is late like anybody.
s/if (followup.step == FollowupStep::not_ready) return/if (false) return/
