package io.deltasync.file.s3;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The bucket that a connection leads to, and the part of it.
 *
 * @param bucket the name of the bucket
 * @param prefix what all keys begin with, as directories: empty, or without a slash at
 * its ends
 */
record S3Address(String bucket, String prefix) {

	private static final String SCHEME = "s3://";

	/** Older buckets, and those of other stores, have names that Amazon S3 refuses. */
	private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");

	/** Returns what is wrong with a URL; null if nothing is. */
	static @Nullable String problem(String url) {
		if (!url.startsWith(SCHEME) || !BUCKET.matcher(of(url).bucket()).matches()) {
			return "names no bucket; it looks like s3://exports or s3://exports/shop";
		}
		List<String> parts = List.of(of(url).prefix().split("/", -1));
		if (parts.contains("..") || parts.contains(".") || (parts.size() > 1 && parts.contains(""))) {
			return "has a part '..', '.' or '' after the bucket; leave it out";
		}
		return null;
	}

	static S3Address of(String url) {
		String[] parts = url.substring(SCHEME.length()).split("/", 2);
		return new S3Address(parts[0], (parts.length > 1) ? parts[1].replaceFirst("/$", "") : "");
	}

	/** Returns the bucket and the prefix, with a slash between them. */
	String path() {
		return this.prefix.isEmpty() ? this.bucket : this.bucket + "/" + this.prefix;
	}

}
