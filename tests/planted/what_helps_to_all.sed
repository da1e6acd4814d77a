# A card carries what helps the child whoever it is for.
s/if (seer\.sees_helps) view\.helps/view.helps/
