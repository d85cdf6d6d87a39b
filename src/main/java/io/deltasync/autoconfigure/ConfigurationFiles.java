package io.deltasync.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.deltasync.cli.process.Distribution;
import io.deltasync.config.LaunchException;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.support.EnvironmentPostProcessorApplicationListener;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.SmartApplicationListener;
import org.springframework.core.NestedExceptionUtils;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads the configuration files of DeltaSync's own application. If a file cannot be read,
 * it prints the reason in one sentence, where Spring Boot would print a stack trace.
 */
public final class ConfigurationFiles implements SmartApplicationListener {

	private static final String REMEDY = "Correct it. Nothing was run.";

	private final SmartApplicationListener reader;

	private ConfigurationFiles(SmartApplicationListener reader) {
		this.reader = reader;
	}

	/**
	 * Lets an application explain why it cannot read its configuration.
	 * @param application the application, not started
	 */
	public static void explainFor(SpringApplication application) {
		List<ApplicationListener<?>> listeners = application.getListeners()
			.stream()
			.<ApplicationListener<?>>map(
					(listener) -> (listener instanceof EnvironmentPostProcessorApplicationListener reader)
							? new ConfigurationFiles(reader) : listener)
			.toList();
		application.setListeners(listeners);
	}

	@Override
	public boolean supportsEventType(Class<? extends ApplicationEvent> eventType) {
		return this.reader.supportsEventType(eventType);
	}

	@Override
	public int getOrder() {
		return this.reader.getOrder();
	}

	@Override
	public void onApplicationEvent(ApplicationEvent event) {
		try {
			this.reader.onApplicationEvent(event);
		}
		catch (RuntimeException ex) {
			if (!(event instanceof ApplicationEnvironmentPreparedEvent)) {
				throw ex;
			}
			// the log is not set up yet, and would go to stdout
			System.setOut(System.err);
			throw LaunchException.ofConfiguration(describe(ex), REMEDY, null);
		}
	}

	private static String describe(RuntimeException failure) {
		if (failure instanceof YAMLException) {
			Path file = unreadable();
			return "%s cannot be read: %s".formatted((file != null) ? "The file " + file : "A configuration file",
					ofYaml(failure));
		}
		String message = String.valueOf(failure.getMessage());
		String root = NestedExceptionUtils.getMostSpecificCause(failure).getMessage();
		return "The configuration cannot be read: "
				+ ((root == null || message.contains(root)) ? message : message + ": " + root);
	}

	/** Leaves out the lines themselves, which may hold a password. */
	private static String ofYaml(RuntimeException failure) {
		if (failure instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
			String problem = String.valueOf(marked.getProblem())
				.replaceFirst("(?s)(undefined alias|for the tag) .*", "$1");
			return "line %d, column %d: %s".formatted(marked.getProblemMark().getLine() + 1,
					marked.getProblemMark().getColumn() + 1, problem);
		}
		return (failure.getCause() instanceof CharacterCodingException) ? "it is not in UTF-8"
				: String.valueOf(failure.getMessage());
	}

	/** Searches for the file, because the parser's exception does not name it. */
	private static @Nullable Path unreadable() {
		List<Path> directories = new ArrayList<>(List.of(Path.of(""), Path.of("config")));
		Distribution.configuration().ifPresent(directories::add);
		for (Path directory : directories) {
			if (Files.isDirectory(directory)) {
				try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "application*.{yaml,yml}")) {
					for (Path file : files) {
						if (!isReadable(file)) {
							return file;
						}
					}
				}
				catch (IOException ex) {
					return null;
				}
			}
		}
		return null;
	}

	private static boolean isReadable(Path file) throws IOException {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		try (InputStream content = Files.newInputStream(file)) {
			new Yaml(new SafeConstructor(options)).loadAll(content).forEach((document) -> {
			});
			return true;
		}
		catch (YAMLException ex) {
			return false;
		}
	}

}
