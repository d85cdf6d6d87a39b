package io.deltasync.file.sftp;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import io.deltasync.file.FilesContract;
import io.deltasync.file.store.FileStores;
import io.deltasync.testing.SettingsOfTests;
import io.deltasync.testing.SftpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files on a server of Apache MINA SSHD.
 */
class SftpFilesIT extends FilesContract {

	@TempDir
	private Path files;

	private SftpServer server;

	private SftpPlaces places;

	@Override
	protected FileStores stores() throws Exception {
		if (this.places == null) {
			Files.createDirectories(this.files.resolve("export"));
			this.server = SftpServer.start(this.files);
			this.places = new SftpPlaces(SettingsOfTests.connections("sftp", this.server.settings()));
		}
		return new FileStores(List.of(this.places));
	}

	@Override
	protected String connection() {
		return "files";
	}

	@Override
	protected String directory() {
		return "";
	}

	@AfterEach
	void stop() throws Exception {
		this.places.close();
		this.server.close();
	}

}
