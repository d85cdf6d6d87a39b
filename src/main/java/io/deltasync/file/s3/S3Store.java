package io.deltasync.file.s3;

import java.io.FileNotFoundException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

import io.deltasync.file.store.FileStore;
import io.deltasync.file.store.StoredFile;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A part of a bucket. Directories are parts of keys, so none is ever missing or made.
 */
final class S3Store implements FileStore {

	private static final String SLASH = "/";

	private final S3Bucket bucket;

	private final int partSize;

	private final S3Move move;

	S3Store(S3Bucket bucket, int partSize) {
		this.bucket = bucket;
		this.partSize = partSize;
		this.move = new S3Move(bucket, S3Move.LARGEST_COPY);
	}

	@Override
	public String location() {
		return this.bucket.location();
	}

	/**
	 * Lists one object: that a store tells why it refuses, unlike when asked for the
	 * bucket.
	 */
	@Override
	public void check() throws IOException {
		this.bucket.call("", (client) -> client
			.listObjectsV2((request) -> request.bucket(this.bucket.name()).prefix(this.bucket.root()).maxKeys(1)));
	}

	@Override
	public void list(String directory, int depth, Consumer<StoredFile> files) throws IOException {
		String prefix = directory.isEmpty() ? this.bucket.root() : this.bucket.key(directory);
		ListObjectsV2Request.Builder request = ListObjectsV2Request.builder().bucket(this.bucket.name()).prefix(prefix);
		if (depth == 1) {
			request.delimiter(SLASH);
		}
		this.bucket.call(directory, (client) -> {
			client.listObjectsV2Paginator(request.build()).forEach((page) -> page.contents().forEach((object) -> {
				if (isFile(object.key().substring(prefix.length()), depth)) {
					files.accept(stored(object));
				}
			}));
			return true;
		});
	}

	/** Some programs make objects that look like directories. */
	private static boolean isFile(String path, int depth) {
		return !path.isEmpty() && !path.endsWith(SLASH) && path.chars().filter((c) -> c == '/').count() < depth;
	}

	private StoredFile stored(S3Object object) {
		return new StoredFile(object.key().substring(this.bucket.root().length()), object.size(),
				seconds(object.lastModified()), version(object.eTag()));
	}

	/** Stores list objects with milliseconds, and describe each in whole seconds. */
	private static Instant seconds(Instant time) {
		return time.truncatedTo(ChronoUnit.SECONDS);
	}

	private static String version(String etag) {
		return etag.replace("\"", "");
	}

	@Override
	public @Nullable StoredFile find(String path) throws IOException {
		String key = this.bucket.key(path);
		try {
			HeadObjectResponse found = this.bucket.call(path,
					(client) -> client.headObject((request) -> request.bucket(this.bucket.name()).key(key)));
			return new StoredFile(path, found.contentLength(), seconds(found.lastModified()), version(found.eTag()));
		}
		catch (FileNotFoundException ex) {
			return null;
		}
	}

	@Override
	public InputStream open(String path) throws IOException {
		return new S3Reader(this.bucket, path, this.partSize);
	}

	@Override
	public OutputStream create(String path) {
		return new S3Writer(this.bucket, path, this.partSize);
	}

	/** Needs no temporary object: none appears before it is complete. */
	@Override
	public void write(String path, String temporary, Content content, Runnable beforeItAppears) throws IOException {
		S3Writer writer = new S3Writer(this.bucket, path, this.partSize);
		try {
			content.writeTo(new FilterOutputStream(writer) {

				@Override
				public void write(byte[] bytes, int offset, int length) throws IOException {
					this.out.write(bytes, offset, length);
				}

				@Override
				public void close() {
					// not before it may appear
				}

			});
			beforeItAppears.run();
		}
		catch (IOException | RuntimeException ex) {
			writer.abort(ex);
			throw ex;
		}
		writer.close();
	}

	@Override
	public void move(String from, String to) throws IOException {
		this.move.move(from, null, to);
	}

	@Override
	public void move(StoredFile from, String to) throws IOException {
		this.move.move(from.path(), etag(from), to);
	}

	private static @Nullable String etag(StoredFile file) {
		return (file.version() != null) ? "\"" + file.version() + "\"" : null;
	}

	@Override
	public void delete(StoredFile file) throws IOException {
		this.move.delete(file.path(), etag(file));
	}

	@Override
	public void delete(String path) throws IOException {
		String key = this.bucket.key(path);
		this.bucket.call(path,
				(client) -> client.deleteObject((request) -> request.bucket(this.bucket.name()).key(key)));
	}

	@Override
	public void close() {
		// the client is that of the connection
	}

}
