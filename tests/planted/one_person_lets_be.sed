# One person alone, asked twice, ends what is owed.
s/if (followup.unneeded_by == part.person) return facts();/if (followup.unneeded_by.empty()) return facts();/
