package io.deltasync.http.connection;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, decompressed, with a limit on its size. Failures have messages
 * for operators.
 */
final class AnswerBody extends InputStream {

	private static final int BUFFER = 16 * 1024;

	/** Longer rests cost more than a new connection. */
	private static final int DRAINED = 64 * 1024;

	/** Enough for the description of an error. */
	private static final int BEGINNING = 16 * 1024;

	private static final int EXCERPT = 2000;

	private final InputStream raw;

	private final long limit;

	private final Failures failures;

	private @Nullable InputStream content;

	private byte @Nullable [] beginning;

	private long count;

	private boolean ended;

	/**
	 * Creates the body.
	 * @param raw the bytes as they are sent; null if there is none
	 * @param limit the highest number of bytes after decompression
	 * @param failures describes failures
	 */
	AnswerBody(@Nullable InputStream raw, long limit, Failures failures) {
		this.raw = (raw != null) ? raw : nullInputStream();
		this.limit = limit;
		this.failures = failures;
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
	}

	@Override
	public int read(byte[] target, int offset, int length) throws IOException {
		if (length == 0) {
			return 0;
		}
		int read;
		try {
			read = content().read(target, offset, length);
		}
		catch (IOException ex) {
			throw this.failures.whileReading.apply(ex);
		}
		if (read < 0) {
			this.ended = true;
			return read;
		}
		this.count += read;
		if (this.count > this.limit) {
			throw this.failures.tooLarge.apply(this.limit);
		}
		return read;
	}

	/**
	 * The header Content-Encoding is wrong on some servers, in both directions, so the
	 * first bytes decide. No format of text begins with them.
	 */
	private InputStream content() throws IOException {
		if (this.content == null) {
			BufferedInputStream start = new BufferedInputStream(this.raw, BUFFER);
			start.mark(2);
			boolean gzip = start.read() == 0x1f && start.read() == 0x8b;
			start.reset();
			this.content = gzip
					? GzipCompressorInputStream.builder().setInputStream(start).setDecompressConcatenated(true).get()
					: start;
		}
		return this.content;
	}

	/** Returns the first bytes, each time the same. */
	byte[] beginning() throws IOException {
		if (this.beginning == null) {
			this.beginning = readNBytes(BEGINNING);
		}
		return this.beginning;
	}

	String excerpt() {
		try {
			byte[] bytes = beginning();
			String text = new String(bytes, 0, Math.min(bytes.length, EXCERPT), StandardCharsets.UTF_8);
			return this.failures.masked.apply(text);
		}
		catch (IOException ex) {
			return "";
		}
	}

	/** Reads a short rest to its end, so that the connection can be used again. */
	@Override
	public void close() throws IOException {
		int rest = 0;
		byte[] buffer = new byte[BUFFER];
		while (!this.ended && rest < DRAINED) {
			int read = this.raw.read(buffer);
			this.ended = read < 0;
			rest += read;
		}
	}

	/**
	 * Describes failures.
	 *
	 * @param whileReading of a failed read
	 * @param tooLarge of a body above the limit
	 * @param masked makes one short line without credentials of a text
	 */
	record Failures(Function<IOException, HttpException> whileReading, Function<Long, HttpException> tooLarge,
			Function<String, String> masked) {

	}

}
