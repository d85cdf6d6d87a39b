package io.deltasync.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import picocli.AutoComplete;

/**
 * Writes the script with which a shell completes commands and options. The build calls it
 * for the distribution.
 */
final class CompletionScript {

	private CompletionScript() {
	}

	public static void main(String[] args) throws IOException {
		Path script = Path.of(args[0]);
		Files.createDirectories(script.getParent());
		Files.writeString(script, AutoComplete.bash("deltasync", DeltaSyncCommand.commandLine()));
	}

}
