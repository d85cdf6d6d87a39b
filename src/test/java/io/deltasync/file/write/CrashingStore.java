package io.deltasync.file.write;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Consumer;

import io.deltasync.file.store.FileStore;
import io.deltasync.file.store.StoredFile;

/**
 * A place whose process dies before one of its calls.
 */
final class CrashingStore implements FileStore {

	private final FileStore store;

	private final boolean copies;

	private int left;

	/**
	 * Wraps a place.
	 * @param copies whether it moves a file by copying it, as object stores do
	 */
	CrashingStore(FileStore store, int point, boolean copies) {
		this.store = store;
		this.left = point;
		this.copies = copies;
	}

	private void call() {
		this.left--;
		if (this.left <= 0) {
			throw new Crash();
		}
	}

	@Override
	public String location() {
		return this.store.location();
	}

	@Override
	public void check() throws IOException {
		this.store.check();
	}

	@Override
	public void list(String directory, int depth, Consumer<StoredFile> files) throws IOException {
		this.store.list(directory, depth, files);
	}

	@Override
	public StoredFile find(String path) throws IOException {
		return this.store.find(path);
	}

	@Override
	public InputStream open(String path) throws IOException {
		call();
		return this.store.open(path);
	}

	@Override
	public OutputStream create(String path) throws IOException {
		call();
		return this.store.create(path);
	}

	@Override
	public void move(String from, String to) throws IOException {
		call();
		if (!this.copies) {
			this.store.move(from, to);
			return;
		}
		try (InputStream in = this.store.open(from)) {
			this.store.write(to, to + ".copy", in::transferTo, () -> {
			});
		}
		call();
		this.store.delete(from);
	}

	@Override
	public void delete(String path) throws IOException {
		call();
		this.store.delete(path);
	}

	@Override
	public void close() throws IOException {
		this.store.close();
	}

	static final class Crash extends RuntimeException {

		private static final long serialVersionUID = 1L;

	}

}
