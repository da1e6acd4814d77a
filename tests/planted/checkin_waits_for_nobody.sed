# An adult goes off duty, and the check-in that waits for them stays with them.
s/if (checkin.step == CheckinStep::due \&\& !checkin.adult.empty() \&\& is_gone(checkin.adult))/if (false)/
