//! What a reader gives -> its SHA-256, without holding it; digests in digits.

use std::io::{self, BufReader, Read, Write};

use sha2::{Digest, Sha256};

/// Read at once, in bytes.
const BUFFER: usize = 64 << 10;

/// The digest of all that `reader` gives, still open for more, and its length
/// in bytes.
///
/// # Errors
/// It cannot be read to its end.
pub fn digest(reader: impl Read) -> io::Result<(Sha256, u64)> {
    let mut taken = Taken(Sha256::new());
    let mut reader = BufReader::with_capacity(BUFFER, reader);
    let length = io::copy(&mut reader, &mut taken)?;
    Ok((taken.0, length))
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;

    let mut digits = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing to a String cannot fail.
        let _ = write!(digits, "{byte:02x}");
    }
    digits
}

/// The bytes written to it, as far as the digest remembers them.
struct Taken(Sha256);

impl Write for Taken {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
