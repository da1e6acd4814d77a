# An adult who goes off duty, by whatever way, keeps the talk that waits for them.
s/if (gone || (off_duty \&\& talk.unanswered()))/if (gone \&\& off_duty \&\& talk.unanswered())/
