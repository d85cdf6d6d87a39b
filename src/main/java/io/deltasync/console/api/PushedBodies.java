package io.deltasync.console.api;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;

import io.deltasync.console.api.problem.ApiException;
import io.deltasync.console.api.problem.ProblemType;

/**
 * Reads the bodies of requests into memory, of which all requests together use a limited
 * part. A sender that is slow uses only what it has sent. Thread-safe.
 */
final class PushedBodies {

	private static final int PIECE = 64 * 1024;

	/** A body is in memory about this many times while it is read, checked and stored. */
	private static final int COPIES = 4;

	private static final int PART_OF_HEAP = 4;

	private final Semaphore pieces;

	PushedBodies(long heap) {
		this.pieces = new Semaphore((int) Math.min(Integer.MAX_VALUE, Math.max(1, heap / PART_OF_HEAP / PIECE)));
	}

	/**
	 * Reads a body and works on it.
	 * @param <T> the type of the result
	 * @param in the body; reading fails if it is too large
	 * @param work what is done with it while its memory is reserved
	 * @return the result of the work
	 * @throws IOException if the body cannot be read
	 */
	<T> T with(InputStream in, Work<T> work) throws IOException {
		int reserved = 0;
		try {
			ByteArrayOutputStream body = new ByteArrayOutputStream();
			byte[] piece = new byte[PIECE];
			int count = in.readNBytes(piece, 0, PIECE);
			while (count > 0) {
				if (!this.pieces.tryAcquire(COPIES)) {
					throw new ApiException(ProblemType.UNAVAILABLE,
							"This process is receiving as much as its memory allows. Send the request again later");
				}
				reserved += COPIES;
				body.write(piece, 0, count);
				count = in.readNBytes(piece, 0, PIECE);
			}
			return work.on(body.toByteArray());
		}
		finally {
			this.pieces.release(reserved);
		}
	}

	/**
	 * What is done with a body.
	 *
	 * @param <T> the type of the result
	 */
	@FunctionalInterface
	interface Work<T> {

		T on(byte[] body);

	}

}
