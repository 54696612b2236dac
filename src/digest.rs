//! What a reader gives -> its SHA-256, without holding it.

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
    let mut into = Into(Sha256::new());
    let mut reader = BufReader::with_capacity(BUFFER, reader);
    let length = io::copy(&mut reader, &mut into)?;
    Ok((into.0, length))
}

struct Into(Sha256);

impl Write for Into {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
