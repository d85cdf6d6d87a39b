package io.deltasync.file.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Opens directories, here and elsewhere. Thread-safe.
 */
public class FileStores {

	private final List<RemotePlaces> remote;

	/**
	 * Creates the places.
	 * @param remote those that connections lead to, for each type of connection
	 */
	public FileStores(Collection<? extends RemotePlaces> remote) {
		this.remote = List.copyOf(remote);
	}

	/**
	 * Checks that a connection leads to files.
	 * @param connection the name of a connection; null for this machine
	 * @param directory the directory, as configured
	 * @throws IllegalArgumentException if it does not
	 */
	public void check(@Nullable String connection, String directory) {
		if (connection != null) {
			remote(connection);
			if (!directory.isEmpty()) {
				StorePaths.checked(directory);
			}
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
		if (this.remote.isEmpty()) {
			throw new IllegalArgumentException(
					"There is no connection '%s' for files, because the libraries for it are missing; add org.apache.sshd:sshd-sftp, or software.amazon.awssdk:s3 and apache5-client, or leave connection out"
						.formatted(connection));
		}
		return this.remote.stream()
			.filter((places) -> places.has(connection))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("connection '%s' leads to no files; name one of the type %s"
				.formatted(connection,
						this.remote.stream().map(RemotePlaces::type).sorted().collect(Collectors.joining(" or ")))));
	}

}
