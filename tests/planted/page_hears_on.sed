# A page goes on as if it still heard the hub.
s/if (now - heard >= LOST_AFTER_MS && !this\.view_\.lost) {/if (false) {/
