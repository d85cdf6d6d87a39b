package io.deltasync.file.store;

import java.io.IOException;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Opens directories, here and elsewhere. Thread-safe.
 */
public class FileStores {

	private final @Nullable RemotePlaces remote;

	/**
	 * Creates the places.
	 * @param remote those that connections lead to; null if there are none
	 */
	public FileStores(@Nullable RemotePlaces remote) {
		this.remote = remote;
	}

	/**
	 * Checks that a connection leads to files.
	 * @param connection the name of a connection; null for this machine
	 * @param directory the directory, as configured
	 * @throws IllegalArgumentException if it does not
	 */
	public void check(@Nullable String connection, String directory) {
		if (connection == null) {
			return;
		}
		remote(connection).check(connection);
		if (!directory.isEmpty()) {
			StorePaths.checked(directory);
		}
	}

	/**
	 * Returns where a directory is.
	 * @param connection the name of a connection; null for this machine
	 * @param directory the directory, as configured
	 * @return the location, without users and secrets
	 */
	public String location(@Nullable String connection, String directory) {
		return (connection != null) ? remote(connection).location(connection, directory)
				: new LocalStore(Path.of(directory)).location();
	}

	/**
	 * Opens a directory.
	 * @param connection the name of a connection; null for this machine
	 * @param directory the directory, as configured; empty for the place itself
	 * @return the place, which the caller closes
	 * @throws IOException if the place cannot be reached
	 */
	public FileStore open(@Nullable String connection, String directory) throws IOException {
		return (connection != null) ? remote(connection).open(connection, directory)
				: new LocalStore(Path.of(directory));
	}

	private RemotePlaces remote(String connection) {
		if (this.remote == null) {
			throw new IllegalArgumentException(
					"There is no connection '%s' for files, because the library sshd-sftp is missing; add it, or leave connection out"
						.formatted(connection));
		}
		return this.remote;
	}

}
