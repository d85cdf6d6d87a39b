package io.deltasync.file.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A place for files: a directory here or elsewhere. Paths are relative to it, with
 * slashes; those that lead out of it are refused. Not thread-safe.
 */
public interface FileStore extends Closeable {

	/**
	 * Returns where the place is, without users and secrets.
	 * @return a text that is the same for the same place
	 */
	String location();

	/**
	 * Checks that the place exists.
	 * @throws IOException if it does not, or cannot be reached
	 */
	void check() throws IOException;

	/**
	 * Lists files. Symbolic links to directories are not followed.
	 * @param directory the directory to list, ending in a slash, which may be missing;
	 * empty for the place itself, which must exist
	 * @param depth how many directories deep; 1 for the files of the directory itself
	 * @param files receives each file, in no particular order
	 * @throws IOException if the place or a directory in it cannot be read
	 */
	void list(String directory, int depth, Consumer<StoredFile> files) throws IOException;

	/**
	 * Describes a file.
	 * @param path its path
	 * @return the file; null if there is none
	 * @throws IOException if this cannot be told
	 */
	@Nullable StoredFile find(String path) throws IOException;

	/**
	 * Opens a file to read it.
	 * @param path its path
	 * @return its bytes
	 * @throws IOException if there is no such file, or it cannot be read
	 */
	InputStream open(String path) throws IOException;

	/**
	 * Writes a file, with the directories that it needs. An existing file is overwritten.
	 * @param path its path
	 * @return takes the bytes, which are stored durably when it is closed
	 * @throws IOException if the file cannot be written
	 */
	OutputStream create(String path) throws IOException;

	/**
	 * Writes a file, with the directories that it needs. It appears at once, and
	 * complete. An existing file is replaced.
	 * @param path its path
	 * @param temporary the path that it has until then, where the place needs one
	 * @param content writes the file's bytes
	 * @param beforeItAppears is called when everything is written; if it throws an
	 * exception, the file does not appear
	 * @throws IOException if the file cannot be written
	 */
	default void write(String path, String temporary, Content content, Runnable beforeItAppears) throws IOException {
		try (OutputStream out = create(temporary)) {
			content.writeTo(out);
		}
		try {
			beforeItAppears.run();
		}
		catch (RuntimeException ex) {
			delete(temporary);
			throw ex;
		}
		move(temporary, path);
	}

	/**
	 * Moves a file, with the directories that it needs. An existing file is replaced. It
	 * appears under its new path at once, and complete. In places that cannot rename, a
	 * process that dies may leave it under both paths.
	 * @param from its path
	 * @param to its new path
	 * @throws IOException if it cannot be moved
	 */
	void move(String from, String to) throws IOException;

	/**
	 * Moves a file as {@link #move(String, String)} does, unless another one has taken
	 * its place, as far as the place can tell that.
	 * @param from the file, as the place described it
	 * @param to its new path
	 * @throws IOException if it cannot be moved, or is another one
	 */
	default void move(StoredFile from, String to) throws IOException {
		move(from.path(), to);
	}

	/**
	 * Deletes a file, unless another one has taken its place, as far as the place can
	 * tell that.
	 * @param file the file, as the place described it
	 * @throws IOException if it cannot be deleted, or is another one
	 */
	default void delete(StoredFile file) throws IOException {
		delete(file.path());
	}

	/**
	 * Deletes a file, if it exists.
	 * @param path its path
	 * @throws IOException if it cannot be deleted
	 */
	void delete(String path) throws IOException;

	/**
	 * What a file contains.
	 */
	@FunctionalInterface
	interface Content {

		/**
		 * Writes the bytes.
		 * @param out takes them; may be closed
		 * @throws IOException if that fails
		 */
		void writeTo(OutputStream out) throws IOException;

	}

}
