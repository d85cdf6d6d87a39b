package io.deltasync.file.s3;

import java.io.IOException;
import java.util.function.Function;

import io.deltasync.file.store.StorePaths;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The part of a bucket that a Link reads or writes.
 *
 * @param client calls the store
 * @param name the name of the bucket
 * @param location where the part is, without secrets
 * @param root what the keys of the part begin with: empty, or ending in a slash
 */
record S3Bucket(S3Client client, String name, String location, String root) {

	String key(String path) {
		return this.root + StorePaths.checked(path);
	}

	String place(String path) {
		return this.location + "/" + path;
	}

	/** Calls the store, and says of a failure which file or bucket it is about. */
	<T extends @Nullable Object> T call(String path, Function<S3Client, T> call) throws IOException {
		try {
			return call.apply(this.client);
		}
		catch (SdkException ex) {
			throw S3Failures.translated(ex, path.isEmpty() ? this.location : place(path), this.location);
		}
	}

}
