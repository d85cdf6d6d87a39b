package io.deltasync.file.sftp;

import java.io.FileNotFoundException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

import io.deltasync.file.store.FileStore;
import io.deltasync.file.store.StorePaths;
import io.deltasync.file.store.StoredFile;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.Attributes;
import org.apache.sshd.sftp.client.SftpClient.DirEntry;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHFsyncExtension;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHPosixRenameExtension;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;
import org.jspecify.annotations.Nullable;

/**
 * A directory on an SFTP server. Symbolic links are ignored when files are listed.
 */
final class SftpStore implements FileStore {

	private final SftpSession session;

	private final String location;

	private final String root;

	SftpStore(SftpSession session, String location, String root) {
		this.session = session;
		this.location = location;
		this.root = root.isEmpty() ? "." : root;
	}

	@Override
	public String location() {
		return this.location;
	}

	@Override
	public void check() throws IOException {
		Attributes attributes = attributes(this.root);
		if (attributes == null || !attributes.isDirectory()) {
			throw new FileNotFoundException("There is no directory %s".formatted(this.location));
		}
	}

	@Override
	public void list(String directory, int depth, Consumer<StoredFile> files) throws IOException {
		if (directory.isEmpty()) {
			check();
		}
		else if (attributes(path(directory)) == null) {
			return;
		}
		walk(directory, depth, files);
	}

	private void walk(String directory, int depth, Consumer<StoredFile> files) throws IOException {
		for (DirEntry entry : this.session.sftp().readDir(directory.isEmpty() ? this.root : path(directory))) {
			String name = entry.getFilename();
			Attributes attributes = entry.getAttributes();
			if (attributes.isRegularFile()) {
				files.accept(stored(directory + name, attributes));
			}
			else if (attributes.isDirectory() && depth > 1 && !name.equals(".") && !name.equals("..")) {
				walk(directory + name + "/", depth - 1, files);
			}
		}
	}

	@Override
	public @Nullable StoredFile find(String path) throws IOException {
		Attributes attributes = attributes(path(path));
		return (attributes != null && attributes.isRegularFile()) ? stored(path, attributes) : null;
	}

	private static StoredFile stored(String path, Attributes attributes) {
		return new StoredFile(path, attributes.getSize(), attributes.getModifyTime().toInstant(), null);
	}

	private @Nullable Attributes attributes(String path) throws IOException {
		try {
			return this.session.sftp().lstat(path);
		}
		catch (SftpException ex) {
			if (ex.getStatus() == SftpConstants.SSH_FX_NO_SUCH_FILE
					|| ex.getStatus() == SftpConstants.SSH_FX_NO_SUCH_PATH) {
				return null;
			}
			throw ex;
		}
	}

	/**
	 * Copies the file to this machine first: a target that is slow would make the server
	 * end the session.
	 */
	@Override
	public InputStream open(String path) throws IOException {
		Path copy = Files.createTempFile("deltasync-", ".tmp");
		try {
			try (InputStream in = this.session.sftp().read(path(path))) {
				Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
			}
			return Files.newInputStream(copy, StandardOpenOption.DELETE_ON_CLOSE);
		}
		catch (IOException | RuntimeException ex) {
			Files.deleteIfExists(copy);
			throw ex;
		}
	}

	@Override
	public OutputStream create(String path) throws IOException {
		String file = path(path);
		SftpClient sftp = this.session.sftp();
		createDirectories(sftp, file);
		return new FilterOutputStream(sftp.write(file, OpenMode.Write, OpenMode.Create, OpenMode.Truncate)) {

			private boolean closed;

			@Override
			public void write(byte[] bytes, int offset, int length) throws IOException {
				this.out.write(bytes, offset, length);
			}

			@Override
			public void close() throws IOException {
				if (!this.closed) {
					this.closed = true;
					this.out.close();
					force(sftp, file);
				}
			}

		};
	}

	/** Lets the server store a file durably, if it can do that on request. */
	private static void force(SftpClient sftp, String file) throws IOException {
		OpenSSHFsyncExtension fsync = sftp.getExtension(OpenSSHFsyncExtension.class);
		if (fsync != null && fsync.isSupported()) {
			try (SftpClient.CloseableHandle handle = sftp.open(file, OpenMode.Read, OpenMode.Write)) {
				fsync.fsync(handle);
			}
		}
	}

	private void createDirectories(SftpClient sftp, String file) throws IOException {
		int end = file.lastIndexOf('/');
		if (end <= this.root.length() || attributes(file.substring(0, end)) != null) {
			return;
		}
		createDirectories(sftp, file.substring(0, end));
		try {
			sftp.mkdir(file.substring(0, end));
		}
		catch (SftpException ex) {
			// another lane may have made it meanwhile
			if (attributes(file.substring(0, end)) == null) {
				throw ex;
			}
		}
	}

	@Override
	public void move(String from, String to) throws IOException {
		SftpClient sftp = this.session.sftp();
		String target = path(to);
		createDirectories(sftp, target);
		OpenSSHPosixRenameExtension rename = sftp.getExtension(OpenSSHPosixRenameExtension.class);
		if (rename != null && rename.isSupported()) {
			rename.posixRename(path(from), target);
			return;
		}
		// servers without the extension refuse to replace a file
		delete(to);
		sftp.rename(path(from), target);
	}

	@Override
	public void delete(String path) throws IOException {
		if (attributes(path(path)) != null) {
			this.session.sftp().remove(path(path));
		}
	}

	private String path(String path) {
		return this.root + "/" + StorePaths.checked(path).replaceFirst("/$", "");
	}

	@Override
	public void close() throws IOException {
		this.session.close();
	}

}
