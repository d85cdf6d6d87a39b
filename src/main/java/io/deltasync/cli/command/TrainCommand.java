package io.deltasync.cli.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.deltasync.cli.backend.CommandContext;
import io.deltasync.config.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The command {@code train} of the distribution: does in a temporary directory what users
 * do most, so that Java can archive the classes that this loads. The launcher tells Java
 * to do so.
 */
@CommandLine.Command(name = TrainCommand.NAME,
		description = "Archives the classes that commands load, so that they start faster with the same Java.")
public class TrainCommand implements Command {

	public static final String NAME = "train";

	/** Kept away from any configuration and database of this computer. */
	private static final List<String> APART = List.of("--spring.config.location=file:%s/",
			"--spring.profiles.active=demo", "--spring.datasource.url=jdbc:h2:file:%s/jobs;TRACE_LEVEL_FILE=0",
			"--spring.datasource.username=sa", "--spring.datasource.password=");

	private static final String CONFIGURATION = """
			deltasync.connections:
			  demo-shop.url: 'jdbc:h2:file:%1$s/shop;DATABASE_TO_LOWER=TRUE;TRACE_LEVEL_FILE=0'
			  demo-warehouse.url: 'jdbc:h2:file:%1$s/warehouse;DATABASE_TO_LOWER=TRUE;TRACE_LEVEL_FILE=0'
			""";

	private static final List<String> FILES = List.of("application.yaml", "jobs.mv.db", "shop.mv.db",
			"warehouse.mv.db");

	/** The second run finds nothing, as most do. */
	private static final List<List<String>> USUAL = List.of(List.of("run", "customers"), List.of("run", "customers"),
			List.of("validate"), List.of("links"), List.of("links", "--json"), List.of("events", "--json"));

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec command;

	/**
	 * Returns the arguments with which the application is started for this command.
	 * @return the command with settings
	 * @throws IOException if its temporary files cannot be written
	 */
	public static String[] arguments() throws IOException {
		Path directory = Files.createTempDirectory("deltasync");
		// Java deletes them in the reverse order
		directory.toFile().deleteOnExit();
		FILES.forEach((file) -> directory.resolve(file).toFile().deleteOnExit());
		Files.writeString(directory.resolve(FILES.get(0)), CONFIGURATION.formatted(directory));
		return Stream.concat(Stream.of(NAME), APART.stream().map((setting) -> setting.formatted(directory)))
			.toArray(String[]::new);
	}

	@Override
	public boolean needsAllLinks() {
		return true;
	}

	@Override
	public ExitCode execute(CommandContext context) throws Exception {
		CommandLine all = this.command.root().commandLine();
		all.setOut(new PrintWriter(Writer.nullWriter()));
		for (List<String> words : USUAL) {
			CommandLine usual = Objects.requireNonNull(all.getSubcommands().get(words.get(0)));
			usual.parseArgs(words.subList(1, words.size()).toArray(String[]::new));
			ExitCode code = ((Command) usual.getCommand()).execute(context);
			if (code != ExitCode.SUCCESS) {
				return code;
			}
		}
		return ExitCode.SUCCESS;
	}

}
