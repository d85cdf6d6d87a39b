package io.deltasync.file.store;

import java.io.File;
import java.io.FileNotFoundException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * A directory of this machine.
 */
final class LocalStore implements FileStore {

	private final Path root;

	LocalStore(Path root) {
		this.root = root.toAbsolutePath().normalize();
	}

	@Override
	public String location() {
		return "file:" + this.root;
	}

	@Override
	public void check() throws IOException {
		if (!Files.isDirectory(this.root)) {
			throw new FileNotFoundException("There is no directory %s".formatted(this.root));
		}
	}

	@Override
	public void list(String directory, int depth, Consumer<StoredFile> files) throws IOException {
		check();
		Path start = directory.isEmpty() ? this.root : this.root.resolve(StorePaths.checked(directory));
		if (!Files.isDirectory(start)) {
			return;
		}
		Files.walkFileTree(start, Set.of(), depth, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				String path = LocalStore.this.root.relativize(file).toString().replace(File.separatorChar, '/');
				StoredFile found = attributes.isSymbolicLink() ? linked(path)
						: attributes.isRegularFile() ? stored(path, file, attributes) : null;
				if (found != null) {
					files.accept(found);
				}
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
				if (failure instanceof NoSuchFileException) {
					// it has been moved or deleted since its directory was read
					return FileVisitResult.CONTINUE;
				}
				throw failure;
			}

		});
	}

	/** Returns what a link leads to, if that is a file inside the directory. */
	private @Nullable StoredFile linked(String path) throws IOException {
		try {
			return find(path);
		}
		catch (OutsideException ex) {
			return null;
		}
	}

	@Override
	public @Nullable StoredFile find(String path) throws IOException {
		try {
			Path file = resolve(path);
			BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
			return attributes.isRegularFile() ? stored(path, file, attributes) : null;
		}
		catch (NoSuchFileException ex) {
			return null;
		}
	}

	private static StoredFile stored(String path, Path file, BasicFileAttributes attributes) throws IOException {
		return new StoredFile(path, attributes.size(), attributes.lastModifiedTime().toInstant(), inode(file));
	}

	private static @Nullable String inode(Path file) throws IOException {
		return file.getFileSystem().supportedFileAttributeViews().contains("unix")
				? String.valueOf(Files.getAttribute(file, "unix:ino")) : null;
	}

	@Override
	public InputStream open(String path) throws IOException {
		return Files.newInputStream(resolve(path));
	}

	@Override
	public OutputStream create(String path) throws IOException {
		Path file = resolveNew(path);
		FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
				StandardOpenOption.TRUNCATE_EXISTING);
		return new FilterOutputStream(Channels.newOutputStream(channel)) {

			@Override
			public void write(byte[] bytes, int offset, int length) throws IOException {
				this.out.write(bytes, offset, length);
			}

			@Override
			public void close() throws IOException {
				if (channel.isOpen()) {
					try (channel) {
						channel.force(true);
					}
				}
			}

		};
	}

	@Override
	public void move(String from, String to) throws IOException {
		Path target = resolveNew(to);
		Files.move(resolve(from), target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		Path directory = target.getParent();
		if (directory != null) {
			force(directory);
		}
	}

	/** Makes a new name in a directory durable, where the system can do that. */
	private static void force(Path directory) {
		try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
			channel.force(true);
		}
		catch (IOException ex) {
			// Windows opens no directories
			return;
		}
	}

	@Override
	public void delete(String path) throws IOException {
		try {
			Files.deleteIfExists(resolve(path));
		}
		catch (NoSuchFileException ex) {
			// its directory is gone, too
			return;
		}
	}

	/** Returns an existing file, which must be inside the directory, links included. */
	private Path resolve(String path) throws IOException {
		Path file = this.root.resolve(StorePaths.checked(path));
		Path real = file.toRealPath();
		if (!real.startsWith(this.root.toRealPath())) {
			throw new OutsideException(path, this.root);
		}
		return file;
	}

	private Path resolveNew(String path) throws IOException {
		Path file = this.root.resolve(StorePaths.checked(path));
		Path directory = file.getParent();
		if (directory != null) {
			Files.createDirectories(directory);
			if (!directory.toRealPath().startsWith(this.root.toRealPath())) {
				throw new OutsideException(path, this.root);
			}
		}
		return file;
	}

	@Override
	public void close() {
	}

	/** Tells that a path leads out of the directory. */
	private static final class OutsideException extends IOException {

		private static final long serialVersionUID = 1L;

		private OutsideException(String path, Path root) {
			super("%s leads out of %s by a symbolic link".formatted(path, root));
		}

	}

}
