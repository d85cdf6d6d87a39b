package io.deltasync.cli.command;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import io.deltasync.cli.backend.CommandContext;
import io.deltasync.config.ExitCode;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The command {@code train} of the distribution: does in memory what users do most, so
 * that Java can archive the classes that this loads. The launcher tells Java to do so.
 */
@CommandLine.Command(name = TrainCommand.NAME,
		description = "Archives the classes that commands load, so that they start faster with the same Java.")
public class TrainCommand implements Command {

	public static final String NAME = "train";

	/** Keep this command away from any configuration and database of this computer. */
	private static final List<String> IN_MEMORY = List.of("--spring.config.location=optional:classpath:/none/",
			"--spring.profiles.active=demo", "--spring.datasource.url=jdbc:h2:mem:deltasync",
			"--spring.datasource.username=sa", "--spring.datasource.password=",
			"--deltasync.connections.demo-shop.url=jdbc:h2:mem:shop;DATABASE_TO_LOWER=TRUE",
			"--deltasync.connections.demo-warehouse.url=jdbc:h2:mem:warehouse;DATABASE_TO_LOWER=TRUE");

	/** The second run finds nothing, as most do. */
	private static final List<List<String>> USUAL = List.of(List.of("run", "customers"), List.of("run", "customers"),
			List.of("validate"), List.of("links"), List.of("links", "--json"), List.of("events", "--json"));

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec command;

	/**
	 * Returns the arguments with which the application is started for this command.
	 * @return the command with settings
	 */
	public static String[] arguments() {
		return Stream.concat(Stream.of(NAME), IN_MEMORY.stream()).toArray(String[]::new);
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
