# A hub that starts anew has forgotten who tried wrong passwords.
s/const std::uint64_t replayed = journal_->restore(state_);/const std::uint64_t replayed = journal_->restore(state_); state_.tries.clear();/
