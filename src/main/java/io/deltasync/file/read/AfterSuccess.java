package io.deltasync.file.read;

import io.deltasync.file.store.StorePaths;
import org.jspecify.annotations.Nullable;

/**
 * What happens to the files that a successful run has read, if they have not changed
 * since. One of the two options must be set.
 *
 * @param move A directory below the part of the path before the first wildcard, which
 * they are moved to. Files in it are not read. Default: none
 * @param delete Whether they are deleted. Default: 'false'
 */
public record AfterSuccess(@Nullable String move, @Nullable Boolean delete) {

	/**
	 * Checks the options.
	 * @throws IllegalArgumentException if not exactly one of them is set
	 */
	public AfterSuccess {
		if ((move != null) == (delete != null && delete)) {
			throw new IllegalArgumentException("after must have either move: DIRECTORY or delete: true");
		}
		if (move != null) {
			StorePaths.checked(move);
		}
	}

}
