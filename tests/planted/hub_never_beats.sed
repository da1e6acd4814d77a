# The hub's heartbeat is off.
s/send(session, frame_of(beat));/(void)beat;/
