"""The directory for other systems: Open Referral UK, and the whole of it to download."""
