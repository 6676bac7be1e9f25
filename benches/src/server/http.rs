//! The least of HTTP/1.1 that a load needs: one connection, one request at a time, no allocation in the hot loop.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// A server that says nothing for so long has failed the benchmark.
const PATIENCE: Duration = Duration::from_mins(1);

/// A connection that is kept.
#[derive(Debug)]
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
    filled: usize,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|_| panic!("{} {}", self.head, String::from_utf8_lossy(&self.body)))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let of_name = |line: &&str| line.split_once(':').is_some_and(|it| it.0.eq_ignore_ascii_case(name));
        self.head.lines().find(of_name).and_then(|it| Some(it.split_once(':')?.1.trim()))
    }
}

impl Connection {
    pub(crate) fn open(address: SocketAddr) -> io::Result<Self> {
        let stream = TcpStream::connect_timeout(&address, Duration::from_secs(5))?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self { stream, buffer: vec![0; 1 << 16], filled: 0 })
    }

    /// Sends a request and reads the whole answer.
    pub(crate) fn ask(&mut self, method: &str, path: &str, headers: &str, body: &[u8]) -> io::Result<Reply> {
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: 127.0.0.1\r\nx-periplus-csrf: bench\r\n{headers}content-length: {}\r\n\r\n",
            body.len()
        );
        self.stream.write_all(head.as_bytes())?;
        self.stream.write_all(body)?;
        let (head, rest) = self.head()?;
        let status = head.get(9..12).and_then(|it| it.parse().ok()).unwrap_or(0);
        let mut reply = Reply { status, head, body: Vec::new() };
        let length = reply.header("content-length").and_then(|it| it.parse::<usize>().ok());
        self.filled = rest;
        match length {
            Some(length) => reply.body = self.exactly(length)?,
            None if reply.header("transfer-encoding").is_some() => reply.body = self.chunks()?,
            None => {}
        }
        Ok(reply)
    }

    /// Sends bytes as they are and reads an answer of known length over and over: the hot loop of a load.
    pub(crate) fn repeat(&mut self, request: &[u8]) -> io::Result<usize> {
        self.stream.write_all(request)?;
        let (end, length) = loop {
            let read = self.stream.read(&mut self.buffer[self.filled..])?;
            if read == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            self.filled += read;
            if let Some(end) = find(&self.buffer[..self.filled], b"\r\n\r\n") {
                if !self.buffer.starts_with(b"HTTP/1.1 200") {
                    return Err(io::Error::other(String::from_utf8_lossy(&self.buffer[..end]).into_owned()));
                }
                break (end + 4, length_of(&self.buffer[..end]).unwrap_or(0));
            }
        };
        let mut left = length.saturating_sub(self.filled - end);
        while left > 0 {
            let wanted = left.min(self.buffer.len());
            left -= self.stream.read(&mut self.buffer[..wanted])?;
        }
        self.filled = 0;
        Ok(length)
    }

    /// The head of an answer as text, and how many bytes of the body came with it (they are moved to the front).
    fn head(&mut self) -> io::Result<(String, usize)> {
        loop {
            if let Some(end) = find(&self.buffer[..self.filled], b"\r\n\r\n") {
                let head = String::from_utf8_lossy(&self.buffer[..end]).into_owned();
                self.buffer.copy_within(end + 4..self.filled, 0);
                return Ok((head, self.filled - end - 4));
            }
            self.more()?;
        }
    }

    fn more(&mut self) -> io::Result<()> {
        if self.filled == self.buffer.len() {
            self.buffer.resize(self.buffer.len() * 2, 0);
        }
        match self.stream.read(&mut self.buffer[self.filled..])? {
            0 => Err(io::ErrorKind::UnexpectedEof.into()),
            read => {
                self.filled += read;
                Ok(())
            }
        }
    }

    fn exactly(&mut self, length: usize) -> io::Result<Vec<u8>> {
        while self.filled < length {
            self.more()?;
        }
        let body = self.buffer[..length].to_vec();
        self.buffer.copy_within(length..self.filled, 0);
        self.filled -= length;
        Ok(body)
    }

    fn line(&mut self) -> io::Result<String> {
        loop {
            if let Some(end) = find(&self.buffer[..self.filled], b"\r\n") {
                let line = String::from_utf8_lossy(&self.buffer[..end]).into_owned();
                self.buffer.copy_within(end + 2..self.filled, 0);
                self.filled -= end + 2;
                return Ok(line);
            }
            self.more()?;
        }
    }

    fn chunks(&mut self) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let size = usize::from_str_radix(self.line()?.trim(), 16).map_err(io::Error::other)?;
            body.extend(self.exactly(size)?);
            self.line()?;
            if size == 0 {
                return Ok(body);
            }
        }
    }

    /// The socket itself, for streams of events.
    pub(crate) fn into_stream(self) -> TcpStream {
        self.stream
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|it| it == wanted)
}

fn length_of(head: &[u8]) -> Option<usize> {
    let text = std::str::from_utf8(head).ok()?;
    let line = text.lines().find(|it| it.len() > 15 && it[..15].eq_ignore_ascii_case("content-length:"))?;
    line[15..].trim().parse().ok()
}
