package io.deltasync.file.store;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A file as its place described it.
 *
 * @param path its path below the root of the place, with slashes
 * @param size its size in bytes
 * @param modified when it was changed last, as exact as the place knows it
 * @param version a text that another file at the same path would not have; null if the
 * place knows none
 */
public record StoredFile(String path, long size, Instant modified, @Nullable String version) {

	/** Returns the last part of the path. */
	public String name() {
		return this.path.substring(this.path.lastIndexOf('/') + 1);
	}

}
