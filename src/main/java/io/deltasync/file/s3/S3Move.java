package io.deltasync.file.s3;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.HttpStatusCode;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Moves objects, which no store does at once: the copy appears as a whole, and then the
 * object itself is deleted. If the process dies in between, there are both.
 */
final class S3Move {

	/** Larger objects are copied in parts. Amazon S3 copies up to five times as much. */
	static final long LARGEST_COPY = 1L << 30;

	private static final int MOST_PARTS = 10_000;

	private final S3Bucket bucket;

	private final long largestCopy;

	S3Move(S3Bucket bucket, long largestCopy) {
		this.bucket = bucket;
		this.largestCopy = largestCopy;
	}

	/**
	 * Moves an object.
	 * @param version the version that it must have; null for any
	 */
	void move(String from, @Nullable String version, String to) throws IOException {
		String source = this.bucket.key(from);
		String target = this.bucket.key(to);
		if (source.equals(target)) {
			return;
		}
		boolean moved = this.bucket.call(from, (client) -> {
			HeadObjectResponse object = client.headObject((request) -> request.bucket(this.bucket.name()).key(source));
			if (version != null && !version.equals(object.eTag())) {
				return false;
			}
			if (object.contentLength() <= this.largestCopy) {
				client.copyObject((request) -> request.sourceBucket(this.bucket.name())
					.sourceKey(source)
					.copySourceIfMatch(object.eTag())
					.destinationBucket(this.bucket.name())
					.destinationKey(target));
			}
			else {
				copyInParts(client, source, object, target);
			}
			delete(client, source, object.eTag());
			return true;
		});
		if (!moved) {
			throw new FileSystemException(this.bucket.place(from), null, S3Failures.CHANGED);
		}
	}

	private void copyInParts(S3Client client, String source, HeadObjectResponse object, String target) {
		String upload = client
			.createMultipartUpload((request) -> request.bucket(this.bucket.name())
				.key(target)
				.contentType(object.contentType())
				.metadata(object.metadata()))
			.uploadId();
		try {
			long size = object.contentLength();
			long partSize = Math.max(this.largestCopy, (size + MOST_PARTS - 1) / MOST_PARTS);
			List<CompletedPart> parts = new ArrayList<>();
			for (long start = 0; start < size; start += partSize) {
				String range = "bytes=%d-%d".formatted(start, Math.min(start + partSize, size) - 1);
				int number = parts.size() + 1;
				String etag = client
					.uploadPartCopy((request) -> request.sourceBucket(this.bucket.name())
						.sourceKey(source)
						.copySourceIfMatch(object.eTag())
						.copySourceRange(range)
						.destinationBucket(this.bucket.name())
						.destinationKey(target)
						.uploadId(upload)
						.partNumber(number))
					.copyPartResult()
					.eTag();
				parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
			}
			client.completeMultipartUpload((request) -> request.bucket(this.bucket.name())
				.key(target)
				.uploadId(upload)
				.multipartUpload((uploaded) -> uploaded.parts(parts)));
		}
		catch (RuntimeException ex) {
			abort(client, target, upload, ex);
			throw ex;
		}
	}

	private void abort(S3Client client, String target, String upload, RuntimeException failure) {
		try {
			client.abortMultipartUpload((request) -> request.bucket(this.bucket.name()).key(target).uploadId(upload));
		}
		catch (RuntimeException ex) {
			failure.addSuppressed(ex);
		}
	}

	/**
	 * Deletes an object.
	 * @param version the version that it must have, where the store can tell that; null
	 * for any
	 */
	void delete(String path, @Nullable String version) throws IOException {
		String key = this.bucket.key(path);
		this.bucket.call(path, (client) -> {
			delete(client, key, version);
			return true;
		});
	}

	/**
	 * An object that was replaced since it was copied is kept, where the store can tell.
	 */
	private void delete(S3Client client, String key, @Nullable String version) {
		try {
			client.deleteObject((request) -> request.bucket(this.bucket.name()).key(key).ifMatch(version));
		}
		catch (S3Exception ex) {
			if (ex.statusCode() == HttpStatusCode.NOT_FOUND) {
				return;
			}
			if (ex.statusCode() != S3Failures.NOT_IMPLEMENTED && ex.statusCode() != HttpStatusCode.BAD_REQUEST) {
				throw ex;
			}
			client.deleteObject((request) -> request.bucket(this.bucket.name()).key(key));
		}
	}

}
