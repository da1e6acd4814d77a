# The key of the notes stays when the last one has ended, and with it the words.
s/if (!some_ || !engine_.state().today.notes.empty()) return;/return;/
