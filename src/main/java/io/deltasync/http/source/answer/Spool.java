package io.deltasync.http.source.answer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Receives an answer as fast as the server sends it, so that a slow target does not make
 * the server end the connection. A long answer is kept in a temporary file, which is
 * deleted when it has been read.
 */
public final class Spool {

	/** What is kept in memory. */
	private static final int SHORT = 256 * 1024;

	private Spool() {
	}

	/**
	 * Reads a body to its end.
	 * @param body the body
	 * @return the same bytes; must be closed
	 * @throws IOException if the body breaks off, or cannot be stored
	 */
	public static InputStream of(InputStream body) throws IOException {
		byte[] start = body.readNBytes(SHORT);
		if (start.length < SHORT) {
			return new ByteArrayInputStream(start);
		}
		Path file = Files.createTempFile("deltasync-", ".answer");
		try {
			try (OutputStream out = Files.newOutputStream(file)) {
				out.write(start);
				body.transferTo(out);
			}
			return Files.newInputStream(file, StandardOpenOption.DELETE_ON_CLOSE);
		}
		catch (IOException | RuntimeException ex) {
			Files.deleteIfExists(file);
			throw ex;
		}
	}

}
