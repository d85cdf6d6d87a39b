package io.deltasync.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.example.deaf.DeafSource;
import io.deltasync.cli.Cli.Result;
import io.deltasync.cli.Cli.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A process that is told to end twice.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class SecondSignalIT {

	/** Well below what a run that does not stop is waited for. */
	private static final Duration AT_ONCE = Duration.ofSeconds(10);

	@TempDir
	Path directory;

	@Test
	void firstSignalWaitsForTheRunAndSecondEndsTheProcessAtOnce() throws IOException {
		Files.writeString(this.directory.resolve("application.yaml"),
				"""
						deltasync:
						  lease: 10m
						  connections:
						    warehouse: { url: "jdbc:h2:mem:warehouse;INIT=CREATE TABLE IF NOT EXISTS T (ID INT PRIMARY KEY)", username: sa }
						  links:
						    deaf:
						      source: { adapter: deaf, table: anything }
						      target: { adapter: jdbc, connection: warehouse, table: T }
						""");
		Cli cli = Cli.ofClasses(this.directory, DeafSource.Adapters.class);

		Running running = cli.start("run", "deaf").awaitOnStderr("The deaf fetch has begun").terminate();
		running.awaitOnStderr("The process was told to end");
		assertThat(running.isAlive()).as("it waits for the run").isTrue();
		Result result = running.terminate().await(AT_ONCE);

		assertThat(result.exitCode()).as(result.err()).isEqualTo(143);
		assertThat(result.out()).as("nothing is said of a run that was not stopped in order").isEmpty();
		assertThat(cli.run("event", "1", "--json").json().get("status").asString())
			.as("nobody else has the embedded database open, so that the run is known to be dead")
			.isEqualTo("CRASHED");
		Result stop = cli.run("stop", "1");
		assertThat(stop.exitCode()).isEqualTo(2);
		assertThat(stop.err()).contains("no run of event 1 is going on");
	}

}
