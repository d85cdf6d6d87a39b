package io.deltasync.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;

import com.example.endless.EndlessSource;
import io.deltasync.cli.Cli.Result;
import io.deltasync.cli.Cli.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Commands beside a {@code serve} that has opened the embedded database, as processes.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class LocalServeIT {

	@TempDir
	Path directory;

	@Test
	void commandsFindTheProcessThatHasTheDatabaseUntilItIsGone() throws IOException {
		Files.writeString(this.directory.resolve("application.yaml"),
				"""
						server.port: 0
						deltasync:
						  connections:
						    warehouse: { url: 'jdbc:h2:mem:warehouse;INIT=CREATE TABLE IF NOT EXISTS T (ID INT PRIMARY KEY)\\;CREATE TABLE IF NOT EXISTS U (ID INT PRIMARY KEY)', username: sa }
						  links:
						    good:
						      source: { adapter: jdbc, connection: warehouse, table: T }
						      target: { adapter: jdbc, connection: warehouse, table: U }
						    endless:
						      source: { adapter: endless, table: anything }
						      target: { adapter: jdbc, connection: warehouse, table: T }
						""");
		Cli cli = Cli.ofClasses(this.directory, EndlessSource.Adapters.class);
		Path file = this.directory.resolve("data/deltasync.serve.json");
		Running serve = cli.start("serve").awaitOnStderr("Serves Links: 2,");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");

		Result good = cli.run("run", "good", "--json");
		assertThat(good.exitCode()).as(good.err()).isZero();
		assertThat(good.json().get("trigger").asString()).isEqualTo("command-line");
		assertThat(good.json().get("status").asString()).isEqualTo("COMPLETED");

		Running endless = cli.start("run", "endless");
		serve.awaitOnStderr("The endless fetch has begun");
		Result stopped = endless.terminate().await();
		assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(143);
		assertThat(stopped.out()).startsWith("Link 'endless': stopped");

		String left = Files.readString(file);
		serve.kill().await();
		assertThat(file).hasContent(left);
		Result direct = cli.run("events", "--json");
		assertThat(direct.exitCode()).as(direct.err()).isZero();
		assertThat(direct.json()).extracting((event) -> event.get("link").asString())
			.containsExactly("endless", "good");
		assertThat(status(direct.json().get(0))).isEqualTo("STOPPED");

		Running another = cli.start("serve").awaitOnStderr("Serves Links: 2,");
		assertThat(Files.readString(file)).isNotEqualTo(left);
		assertThat(another.terminate().await().exitCode()).isEqualTo(143);
		assertThat(file).doesNotExist();
	}

	private static String status(JsonNode event) {
		return event.get("status").asString();
	}

}
