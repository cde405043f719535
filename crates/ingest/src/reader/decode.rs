//! Bytes of a text file as UTF-8: byte order mark, encoding label, and the refusal of what is no text at all.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8};

use crate::error::{BINARY_FILE, EMPTY_FILE, IngestError, WRONG_ENCODING};

/// Bytes read from disk at a time.
const CHUNK: usize = 256 << 10;

/// A source file as a stream of UTF-8 bytes. Input that claims to be UTF-8 is passed on unchecked: the reader of
/// records checks it row by row, so that one bad row does not cost the file.
pub(crate) struct TextStream {
    file: File,
    name: String,
    /// `None` for UTF-8.
    decoder: Option<Decoder>,
    chunk: Vec<u8>,
    ended: bool,
    /// Bytes read from disk since the last question.
    read: u64,
    position: u64,
}

impl TextStream {
    /// Opens the file, looks at its first bytes and decides on the encoding.
    pub(crate) fn open(path: &Path, name: &str, label: Option<&str>) -> Result<Self, IngestError> {
        let mut file = File::open(path).map_err(|e| IngestError::file_system(path, "open", e).in_file(name))?;
        let mut chunk = Vec::with_capacity(CHUNK);
        fill(&mut file, &mut chunk).map_err(|e| IngestError::file_system(path, "read", e).in_file(name))?;
        let read = chunk.len() as u64;
        refuse_foreign(&chunk, name)?;
        let named = match label {
            None => UTF_8,
            Some(label) => Encoding::for_label(label.trim().as_bytes()).ok_or_else(|| {
                IngestError::new(WRONG_ENCODING, format!("encoding `{label}` is not known"))
                    .in_file(name)
                    .help("use a label such as `utf-8`, `windows-1252`, `windows-1251`, `windows-1256`, `gbk`")
            })?,
        };
        let (encoding, mark) = Encoding::for_bom(&chunk).unwrap_or((named, 0));
        chunk.drain(..mark);
        if chunk.is_empty() {
            return Err(IngestError::new(EMPTY_FILE, "the file is empty")
                .in_file(name)
                .help("ask for the extract again, or take the file out of the folder"));
        }
        let decoder = (encoding != UTF_8).then(|| encoding.new_decoder_without_bom_handling());
        Ok(TextStream { file, name: name.to_owned(), decoder, chunk, ended: false, read, position: 0 })
    }

    /// Whether the text went through a decoder, so that broken bytes show as U+FFFD.
    pub(crate) fn is_decoded(&self) -> bool {
        self.decoder.is_some()
    }

    /// Bytes read from disk since this was last asked.
    pub(crate) fn take_read(&mut self) -> u64 {
        std::mem::take(&mut self.read)
    }

    /// Appends the next piece of UTF-8 to `out`; false at the end.
    pub(crate) fn next(&mut self, out: &mut Vec<u8>) -> Result<bool, IngestError> {
        if self.ended {
            return Ok(false);
        }
        let last = self.chunk.is_empty();
        let before = out.len();
        match &mut self.decoder {
            None => out.extend_from_slice(&self.chunk),
            Some(decoder) => decode(decoder, &self.chunk, last, out),
        }
        if let Some(at) = memchr::memchr(0, &out[before..]) {
            return Err(IngestError::new(
                BINARY_FILE,
                format!("the file is not text: zero byte near byte {}", self.position + at as u64),
            )
            .in_file(&self.name)
            .help("export the table as CSV; if it is text in UTF-16, write `encoding = \"utf-16le\"` in the mapping"));
        }
        self.position += self.chunk.len() as u64;
        self.ended = last;
        self.chunk.clear();
        if !last {
            let read = fill(&mut self.file, &mut self.chunk)
                .map_err(|e| IngestError::file_system(Path::new(&self.name), "read", e).in_file(&self.name))?;
            self.read += read as u64;
        }
        Ok(!last || out.len() > before)
    }
}

/// Reads until the chunk is full or the file ends, so that a chunk of nothing means the end.
fn fill(file: &mut File, chunk: &mut Vec<u8>) -> std::io::Result<usize> {
    let before = chunk.len();
    file.take((CHUNK - before) as u64).read_to_end(chunk)?;
    Ok(chunk.len() - before)
}

fn decode(decoder: &mut Decoder, mut bytes: &[u8], last: bool, out: &mut Vec<u8>) {
    loop {
        let room = decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(CHUNK).max(64);
        let start = out.len();
        out.resize(start + room, 0);
        let (result, read, written, _) = decoder.decode_to_utf8(bytes, &mut out[start..], last);
        out.truncate(start + written);
        bytes = &bytes[read..];
        if result == CoderResult::InputEmpty {
            return;
        }
    }
}

/// Recognises files that are something else by their first bytes.
fn refuse_foreign(start: &[u8], name: &str) -> Result<(), IngestError> {
    let known: [(&[u8], &str, &str); 6] = [
        (b"PAR1", "a Parquet file", "write `format = \"parquet\"` in the mapping"),
        (
            b"PK\x03\x04",
            "a zip archive or an XLSX workbook",
            "write `format = \"xlsx\"` in the mapping, or unpack the archive",
        ),
        (b"\x1f\x8b", "compressed with gzip", "unpack it first"),
        (b"\x28\xb5\x2f\xfd", "compressed with zstd", "unpack it first"),
        (b"\xd0\xcf\x11\xe0", "an old XLS workbook", "save it as XLSX or CSV"),
        (b"%PDF", "a PDF document", "export the table as CSV"),
    ];
    for (magic, what, help) in known {
        if start.starts_with(magic) {
            return Err(IngestError::new(BINARY_FILE, format!("the file is not CSV but {what}"))
                .in_file(name)
                .help(help));
        }
    }
    Ok(())
}
