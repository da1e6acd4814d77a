# Nobody owes parents a word after the most urgent calls.
s/staff_debrief, parent_contact, class_reset,/staff_debrief, class_reset,/
