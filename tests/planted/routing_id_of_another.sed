# A routing id is believed: whoever comes with one that is known is served as the peer that had it.
s/found->second->user_id() != message.user_id/false/
