package io.deltasync.console;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.UUID;

import io.deltasync.event.view.Json;
import io.deltasync.schema.EmbeddedFile;
import tools.jackson.core.JacksonException;

/**
 * How commands on the same computer reach a {@code serve} that has opened an embedded
 * database, which no other process can open. Stored in a file beside the database that
 * only its owner can read. The components are its fields in JSON.
 *
 * @param address the address of the process
 * @param token an access token, which is valid while the process lives
 * @param instance the process's {@link #INSTANCE}
 * @param pid its process id
 */
public record LocalServer(String address, String token, String instance, long pid) {

	/** A random number of this process. */
	public static final String INSTANCE = UUID.randomUUID().toString();

	private static final String SUFFIX = ".serve.json";

	/**
	 * Returns the file for a database.
	 * @param url the database's URL with all settings
	 * @return the file; empty for a database that several processes can open, and where
	 * files have no owners
	 */
	public static Optional<Path> file(String url) {
		return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
				? EmbeddedFile.beside(url, SUFFIX) : Optional.empty();
	}

	/**
	 * Reads a file.
	 * @param file the file
	 * @return its content; empty if there is no such file, or it cannot be used
	 */
	public static Optional<LocalServer> read(Path file) {
		try {
			LocalServer server = Json.mapper().readValue(Files.readString(file), LocalServer.class);
			return Optional.ofNullable(server)
				.filter((read) -> read.address() != null && read.token() != null && read.instance() != null);
		}
		catch (IOException | JacksonException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Writes a file. It appears with its whole content, and only its owner can read it.
	 * @param file the file
	 * @throws IOException if it cannot be written
	 */
	public void write(Path file) throws IOException {
		Path whole = file.resolveSibling(file.getFileName() + ".new");
		// a process that died may have left one
		Files.deleteIfExists(whole);
		Files.createFile(whole, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		Files.writeString(whole, Json.write(this));
		Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
	}

	/**
	 * Deletes a file if it is still the one of this process.
	 * @param file the file
	 * @throws IOException if it cannot be deleted
	 */
	public void delete(Path file) throws IOException {
		if (read(file).filter(this::equals).isPresent()) {
			Files.delete(file);
		}
	}

	/** Leaves out the token, which must not reach a log. */
	@Override
	public String toString() {
		return "LocalServer[%s, process %d]".formatted(this.address, this.pid);
	}

}
