# A device's new name is stored as it comes, line breaks and all.
s/if (!unfit_to_show(m\.label)\.empty()) return protocol::Error::out_of_range;//
