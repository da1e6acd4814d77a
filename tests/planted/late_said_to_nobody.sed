# What has become overdue is noted, and said to nobody.
s/return {FollowupOverdue{followup.id, late_by, again}, FollowupEscalated{followup.id, late_by, again}};/return {FollowupOverdue{followup.id, late_by, again}};/
