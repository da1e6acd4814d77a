# A talk is shown on a handset that is locked.
s/if (device\.locked || device\.signed_in\.empty())/if (device.signed_in.empty())/
