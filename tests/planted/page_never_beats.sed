# A page's heartbeat is off.
s/if ((this\.greeted_ || this\.view_\.phase === 'waiting') && now - this\.beat_sent_at_ >= BEAT_MS) this\.send_beat_();//
