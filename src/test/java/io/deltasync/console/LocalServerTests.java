package io.deltasync.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class LocalServerTests {

	@TempDir
	private Path directory;

	private final LocalServer server = new LocalServer("http://127.0.0.1:8080", "secret", "one", 7);

	@Test
	void theFileIsReadableByItsOwnerAloneAndHoldsWhatIsNeeded() throws IOException {
		Path file = this.directory.resolve("jobs.serve.json");
		Files.writeString(file, "left by another process");
		Files.writeString(this.directory.resolve("jobs.serve.json.new"), "left by one that died");

		this.server.write(file);

		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		assertThat(LocalServer.read(file)).contains(this.server);
		try (var files = Files.list(this.directory)) {
			assertThat(files).containsExactly(file);
		}
	}

	@Test
	void aProcessDeletesOnlyItsOwnFile() throws IOException {
		Path file = this.directory.resolve("jobs.serve.json");
		this.server.write(file);

		new LocalServer("http://127.0.0.1:8080", "other", "two", 8).delete(file);
		assertThat(file).exists();
		this.server.delete(file);
		assertThat(file).doesNotExist();
		this.server.delete(file);
	}

	@Test
	void theTokenIsNotPrinted() {
		assertThat(this.server).hasToString("LocalServer[http://127.0.0.1:8080, process 7]");
	}

}
