//! Signature Version 4: canonical request, verify, sign and presign.
