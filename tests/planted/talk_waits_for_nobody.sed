# An adult who signs out keeps the talk that waits for them.
s/operator()(const SignedOut&) const { return follow_people(); }/operator()(const SignedOut\&) const { return {}; }/
