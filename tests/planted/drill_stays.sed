# A drill goes on beside a real call.
s/needs_people(call->second)) return end_drills(state);/needs_people(call->second)) return {};/
