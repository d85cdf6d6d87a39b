package io.deltasync.file.s3;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * Writes an object, which appears as a whole when it is closed: a small one with one
 * request, a large one in parts. Not thread-safe.
 */
final class S3Writer extends OutputStream {

	private static final int FIRST_SIZE = 64 * 1024;

	private static final String TYPE = "application/octet-stream";

	private final S3Bucket bucket;

	private final String path;

	private final String key;

	private final int partSize;

	private final List<CompletedPart> parts = new ArrayList<>();

	private byte[] buffer;

	private int filled;

	private @Nullable String upload;

	private boolean ended;

	S3Writer(S3Bucket bucket, String path, int partSize) {
		this.bucket = bucket;
		this.path = path;
		this.key = bucket.key(path);
		this.partSize = partSize;
		this.buffer = new byte[Math.min(FIRST_SIZE, partSize)];
	}

	@Override
	public void write(int b) throws IOException {
		write(new byte[] { (byte) b }, 0, 1);
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		if (this.ended) {
			throw new IOException("%s is closed".formatted(this.bucket.place(this.path)));
		}
		int written = 0;
		while (written < length) {
			if (this.filled == this.partSize) {
				uploadPart();
			}
			int count = Math.min(length - written, this.partSize - this.filled);
			makeRoom(count);
			System.arraycopy(bytes, offset + written, this.buffer, this.filled, count);
			this.filled += count;
			written += count;
		}
	}

	private void makeRoom(int count) {
		if (this.filled + count > this.buffer.length) {
			long size = Math.max(2L * this.buffer.length, this.filled + count);
			this.buffer = Arrays.copyOf(this.buffer, (int) Math.min(size, this.partSize));
		}
	}

	private RequestBody body() {
		int length = this.filled;
		return RequestBody.fromContentProvider(() -> new ByteArrayInputStream(this.buffer, 0, length), length, TYPE);
	}

	private void uploadPart() throws IOException {
		try {
			if (this.upload == null) {
				this.upload = this.bucket
					.call(this.path,
							(client) -> client.createMultipartUpload(
									(request) -> request.bucket(this.bucket.name()).key(this.key).contentType(TYPE)))
					.uploadId();
			}
			int number = this.parts.size() + 1;
			String etag = this.bucket.call(this.path,
					(client) -> client.uploadPart((request) -> request.bucket(this.bucket.name())
						.key(this.key)
						.uploadId(this.upload)
						.partNumber(number), body()))
				.eTag();
			this.parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
			this.filled = 0;
		}
		catch (IOException | RuntimeException ex) {
			abort(ex);
			throw ex;
		}
	}

	/** Puts the object into place, unless a part of it could not be written. */
	@Override
	public void close() throws IOException {
		if (this.ended) {
			return;
		}
		if (this.upload == null) {
			this.ended = true;
			this.bucket.call(this.path, (client) -> client
				.putObject((request) -> request.bucket(this.bucket.name()).key(this.key), body()));
			return;
		}
		uploadPart();
		try {
			this.bucket.call(this.path,
					(client) -> client.completeMultipartUpload((request) -> request.bucket(this.bucket.name())
						.key(this.key)
						.uploadId(this.upload)
						.multipartUpload((uploaded) -> uploaded.parts(this.parts))));
			this.ended = true;
		}
		catch (IOException | RuntimeException ex) {
			abort(ex);
			throw ex;
		}
	}

	/** Deletes the parts, which would otherwise be stored, and paid for, without end. */
	void abort(Exception failure) {
		String begun = this.upload;
		if (this.ended || begun == null) {
			this.ended = true;
			return;
		}
		this.ended = true;
		try {
			this.bucket.call(this.path, (client) -> client
				.abortMultipartUpload((request) -> request.bucket(this.bucket.name()).key(this.key).uploadId(begun)));
		}
		catch (IOException | RuntimeException ex) {
			failure.addSuppressed(ex);
		}
	}

}
