package io.deltasync.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.deltasync.cli.Cli.Result;

/**
 * The distribution, unpacked.
 *
 * @param home its directory
 */
record Installation(Path home) {

	/** Unpacks what the build made. */
	static Installation unpack(Path home) {
		try {
			Files.createDirectories(home);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		expectSuccess(new Cli(home, List.of("tar", "-xzf", archive().toString(), "--strip-components=1")).run());
		return new Installation(home);
	}

	static Path archive() {
		return Cli.jar(".tar.gz");
	}

	/** The same files at another path, and with the same time stamps. */
	Installation copy(Path elsewhere) {
		expectSuccess(new Cli(this.home, List.of("cp", "-a", this.home.toString(), elsewhere.toString())).run());
		return new Installation(elsewhere);
	}

	Path launcher() {
		return this.home.resolve("bin/deltasync");
	}

	/**
	 * The launcher with the Java of the tests.
	 * @param directory the working directory
	 * @param variables further variables, each NAME=VALUE
	 */
	Cli cli(Path directory, String... variables) {
		return cli(List.of(), directory, variables);
	}

	/** The same for another user. */
	Cli cli(List<String> prefix, Path directory, String... variables) {
		List<String> command = new ArrayList<>(prefix);
		command.addAll(List.of("env", "JAVA_HOME=" + System.getProperty("java.home")));
		command.addAll(List.of(variables));
		command.add(launcher().toString());
		return new Cli(directory, command);
	}

	static Result expectSuccess(Result result) {
		if (result.exitCode() != 0) {
			throw new IllegalStateException(result.err());
		}
		return result;
	}

}
