package io.deltasync.file.s3;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Reads one version of an object, in pieces that are read into memory first: a target
 * that is slow would make the store end the connection, and a connection that breaks
 * costs one piece. Not thread-safe.
 */
final class S3Reader extends InputStream {

	private static final int RANGE_NOT_SATISFIABLE = 416;

	private final S3Bucket bucket;

	private final String path;

	private final int pieceSize;

	/** The version that the first piece is of. */
	private @Nullable String version;

	private long size;

	private long read;

	private byte[] piece = {};

	private @Nullable String problem;

	private int position;

	private int filled;

	S3Reader(S3Bucket bucket, String path, int pieceSize) throws IOException {
		this.bucket = bucket;
		this.path = path;
		this.pieceSize = pieceSize;
		nextPiece();
	}

	@Override
	public int read() throws IOException {
		return fill() ? this.piece[this.position++] & 0xff : -1;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		if (length == 0) {
			return 0;
		}
		if (!fill()) {
			return -1;
		}
		int count = Math.min(length, this.filled - this.position);
		System.arraycopy(this.piece, this.position, bytes, offset, count);
		this.position += count;
		return count;
	}

	@Override
	public int available() {
		return this.filled - this.position;
	}

	/** Reads the next piece if this one is used up. */
	private boolean fill() throws IOException {
		if (this.position == this.filled && this.read < this.size) {
			nextPiece();
		}
		return this.position < this.filled;
	}

	private void nextPiece() throws IOException {
		this.filled = this.bucket.call(this.path, this::get);
		if (this.problem != null) {
			throw new FileSystemException(this.bucket.place(this.path), null, this.problem);
		}
		this.position = 0;
		this.read += this.filled;
	}

	private int get(S3Client client) {
		GetObjectRequest request = GetObjectRequest.builder()
			.bucket(this.bucket.name())
			.key(this.bucket.key(this.path))
			.ifMatch(this.version)
			.range("bytes=%d-%d".formatted(this.read, this.read + this.pieceSize - 1))
			.build();
		try {
			return client.getObject(request, this::piece);
		}
		catch (S3Exception ex) {
			if (ex.statusCode() == RANGE_NOT_SATISFIABLE && this.read == 0) {
				// the object is empty
				return 0;
			}
			throw ex;
		}
	}

	private int piece(GetObjectResponse response, AbortableInputStream body) {
		String range = response.contentRange();
		if (this.read == 0) {
			this.version = response.eTag();
			this.size = (range != null) ? Long.parseLong(range.substring(range.indexOf('/') + 1))
					: response.contentLength();
			this.piece = new byte[(int) Math.min(this.pieceSize, this.size)];
		}
		else if (range == null || !range.startsWith("bytes " + this.read + "-")) {
			this.problem = "the store ignores that only a part of the object was asked for";
			return 0;
		}
		else if (!Objects.equals(this.version, response.eTag())) {
			// the store ignores the condition
			this.problem = S3Failures.CHANGED;
			return 0;
		}
		int count = (int) Math.min(this.piece.length, this.size - this.read);
		try {
			if (body.readNBytes(this.piece, 0, count) == count) {
				return count;
			}
		}
		catch (IOException ex) {
			throw RetryableException.create("the connection broke while the object was read", ex);
		}
		throw RetryableException.builder().message("the answer ended too early").build();
	}

}
