# The six digits of an authenticator count again and again.
s/return intent.totp_step > account.totp_step;/return true;/
