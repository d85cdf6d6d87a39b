package io.deltasync.benchmark;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/**
 * A page in a browser that asks for live updates, as htmx does. Does no more than it must
 * for that, because it shares the processors with what is measured. Not thread-safe.
 */
final class OpenPage implements AutoCloseable {

	private static final int HEXADECIMAL = 16;

	private final Socket socket;

	private final InputStream in;

	private final String head;

	/**
	 * Opens a page.
	 * @param address the address of the server
	 * @param cookies the cookies of a person who is signed in
	 */
	OpenPage(URI address, String cookies) throws IOException {
		this.socket = new Socket(address.getHost(), address.getPort());
		this.socket.setTcpNoDelay(true);
		this.in = new BufferedInputStream(this.socket.getInputStream());
		this.head = " HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nHX-Request: true\r\nAccept-Encoding: gzip\r\n\r\n"
			.formatted(address.getAuthority(), cookies);
	}

	/** Asks for an update. */
	Update update(String path) throws IOException {
		this.socket.getOutputStream().write(("GET " + path + this.head).getBytes(StandardCharsets.US_ASCII));
		int status = Integer.parseInt(line().substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
		int length = 0;
		boolean chunked = false;
		boolean gzip = false;
		for (String header = line(); !header.isEmpty(); header = line()) {
			String lower = header.toLowerCase(Locale.ROOT);
			if (lower.startsWith("content-length:")) {
				length = Integer.parseInt(lower.substring("content-length:".length()).strip());
			}
			chunked |= lower.equals("transfer-encoding: chunked");
			gzip |= lower.equals("content-encoding: gzip");
		}
		return new Update(status, chunked ? chunks() : this.in.readNBytes(length), gzip);
	}

	private byte[] chunks() throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		for (int size = chunk(); size > 0; size = chunk()) {
			body.write(this.in.readNBytes(size));
			line();
		}
		line();
		return body.toByteArray();
	}

	private int chunk() throws IOException {
		return Integer.parseInt(line(), HEXADECIMAL);
	}

	private String line() throws IOException {
		StringBuilder line = new StringBuilder();
		for (int next = this.in.read(); next != '\n'; next = this.in.read()) {
			if (next < 0) {
				throw new EOFException("The server has closed the connection of an open page");
			}
			if (next != '\r') {
				line.append((char) next);
			}
		}
		return line.toString();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	/**
	 * An update.
	 *
	 * @param status its HTTP status
	 * @param body its body, as it was sent
	 * @param gzip whether the body is compressed
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Update(int status, byte[] body, boolean gzip) {

		String text() throws IOException {
			if (!this.gzip) {
				return new String(this.body, StandardCharsets.UTF_8);
			}
			try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(this.body))) {
				return new String(unpacked.readAllBytes(), StandardCharsets.UTF_8);
			}
		}

	}

}
