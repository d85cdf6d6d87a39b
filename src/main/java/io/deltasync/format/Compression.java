package io.deltasync.format;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Whether what is read is compressed.
 */
public enum Compression {

	/** Recognises gzip by its first two bytes, whatever the name says. */
	AUTO,

	/** Nothing is decompressed. */
	NONE,

	/** Gzip, with any number of members. */
	GZIP;

	private static final int FIRST = 0x1f;

	private static final int SECOND = 0x8b;

	InputStream decompress(InputStream in, String name) throws IOException {
		if (this == NONE) {
			return in;
		}
		PushbackInputStream ahead = new PushbackInputStream(in, 2);
		boolean gzip = isGzip(ahead);
		if (!gzip && this == GZIP) {
			throw new FormatException(name, 1, "this is not gzip; set compression to none or auto");
		}
		if (!gzip) {
			return ahead;
		}
		try {
			// java.util.zip reads only the first member where a stream has nothing
			// available
			return new Members(
					GzipCompressorInputStream.builder().setInputStream(ahead).setDecompressConcatenated(true).get(),
					name);
		}
		catch (IOException ex) {
			throw unreadable(name, ex);
		}
	}

	private static IOException unreadable(String name, IOException failure) {
		return new IOException((failure instanceof EOFException)
				? "%s: the compressed data ends too early; is it complete?".formatted(name)
				: "%s: the compressed data cannot be read: %s".formatted(name, failure.getMessage()), failure);
	}

	private static boolean isGzip(PushbackInputStream in) throws IOException {
		byte[] start = in.readNBytes(2);
		in.unread(start);
		return start.length == 2 && (start[0] & 0xff) == FIRST && (start[1] & 0xff) == SECOND;
	}

	/** Names the file where its compressed data is cut off or damaged. */
	private static final class Members extends FilterInputStream {

		private final String name;

		private Members(InputStream in, String name) {
			super(in);
			this.name = name;
		}

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
		}

		@Override
		public int read(byte[] bytes, int offset, int length) throws IOException {
			try {
				return super.read(bytes, offset, length);
			}
			catch (IOException ex) {
				throw unreadable(this.name, ex);
			}
		}

	}

}
