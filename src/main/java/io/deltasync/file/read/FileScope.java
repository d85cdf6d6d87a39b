package io.deltasync.file.read;

import java.time.Instant;

import io.deltasync.file.store.StoredFile;
import org.jspecify.annotations.Nullable;

/**
 * A file to read, in the version that planning saw.
 *
 * @param path its path below the directory
 * @param size its size in bytes
 * @param modified when it was changed last
 * @param version what else distinguishes its versions; null if nothing does
 */
record FileScope(String path, long size, Instant modified, @Nullable String version) {

	static FileScope of(StoredFile file) {
		return new FileScope(file.path(), file.size(), file.modified(), file.version());
	}

	boolean isVersionOf(@Nullable StoredFile file) {
		return file != null && of(file).equals(this);
	}

}
