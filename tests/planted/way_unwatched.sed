# Nobody watches whether a child who set out arrives.
s/arm(state, visit, CareDue::arrive, fact\.arrive_due);/(void)fact;/
