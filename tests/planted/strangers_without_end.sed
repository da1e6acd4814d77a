# While a code waits any number of unknown keys is let in.
s/strangers_.size() >= context_.config.limits.strangers_max/false/
