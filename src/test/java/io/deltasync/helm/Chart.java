package io.deltasync.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.yaml.snakeyaml.Yaml;

/**
 * The chart with some values. Without Helm's native library for this platform the test is
 * skipped, in CI it fails.
 */
final class Chart {

	/** Hooks bear this annotation when they are rendered, in place of Helm's. */
	static final String HOOK = "rendered.helm.sh/hook";

	private static final Path SOURCE = Path.of("helm", "deltasync").toAbsolutePath();

	private final List<Path> values = new ArrayList<>();

	private String kubernetes = "1.31";

	private String release = "ds";

	private Chart() {
		try {
			Helm.version().call();
		}
		catch (LinkageError | IllegalStateException ex) {
			String reason = "needs Helm's native library for this platform: " + ex.getMessage();
			if (Boolean.parseBoolean(System.getenv("CI"))) {
				Assertions.fail(reason, ex);
			}
			Assumptions.abort(reason);
		}
	}

	static List<String> examples() {
		try (Stream<Path> files = Files.list(SOURCE.resolve("ci"))) {
			return files.map((file) -> file.getFileName().toString().replace("-values.yaml", "")).sorted().toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** With the values of a file in {@code ci}. */
	static Chart ofExample(String name) {
		Chart chart = new Chart();
		chart.values.add(SOURCE.resolve("ci").resolve(name + "-values.yaml"));
		return chart;
	}

	/** With nothing but what it comes with. */
	static Chart ofDefaults() {
		return new Chart();
	}

	/** Sets further values over those that are there. */
	Chart with(String yaml) {
		try {
			Path file = Files.createTempFile("values", ".yaml");
			file.toFile().deleteOnExit();
			this.values.add(Files.writeString(file, yaml));
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Chart releasedAs(String release) {
		this.release = release;
		return this;
	}

	Chart onKubernetes(String version) {
		this.kubernetes = version;
		return this;
	}

	/** Helm does not show hooks, so those are rendered as if they were none. */
	Rendered render() {
		Path chart = copy((path, text) -> text.replace("helm.sh/hook:", HOOK + ":"));
		var command = new Helm(chart).template()
			.withName(this.release)
			.withNamespace("sync")
			.withKubeVersion(this.kubernetes);
		this.values.forEach(command::withValuesFile);
		return Rendered.of(command.call());
	}

	/** What Helm says in place of rendering it. */
	String problem() {
		return Assertions.assertThrows(IllegalStateException.class, this::render).getMessage();
	}

	/** What is said to whom has installed it. */
	String notes() {
		var command = new Helm(SOURCE).install()
			.withName(this.release)
			.withNamespace("sync")
			.withKubeVersion(this.kubernetes)
			.clientOnly()
			.dryRun();
		this.values.forEach(command::withValuesFile);
		String output = command.call().getOutput();
		return output.substring(output.indexOf("NOTES:"));
	}

	/** Helm lints a chart with its own values, so these become its own. */
	LintResult lint() {
		Path chart = copy((path, text) -> path.endsWith("values.yaml") ? merged() : text);
		return new Helm(chart).lint().strict().call();
	}

	private String merged() {
		Map<String, Object> all = load(SOURCE.resolve("values.yaml"));
		this.values.forEach((file) -> merge(all, load(file)));
		return new Yaml().dump(all);
	}

	private static Map<String, Object> load(Path file) {
		try {
			return new Yaml().load(Files.readString(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@SuppressWarnings("unchecked")
	private static void merge(Map<String, Object> into, Map<String, Object> from) {
		from.forEach((key, value) -> {
			if (into.get(key) instanceof Map<?, ?> old && value instanceof Map<?, ?> map) {
				Map<String, Object> copy = new LinkedHashMap<>((Map<String, Object>) old);
				merge(copy, (Map<String, Object>) map);
				into.put(key, copy);
			}
			else {
				into.put(key, value);
			}
		});
	}

	private static Path copy(Edit edit) {
		try (Stream<Path> files = Files.walk(SOURCE)) {
			Path copy = Files.createTempDirectory("chart");
			copy.toFile().deleteOnExit();
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				Path to = copy.resolve(SOURCE.relativize(file).toString());
				Files.createDirectories(to.getParent());
				to.getParent().toFile().deleteOnExit();
				to.toFile().deleteOnExit();
				Files.writeString(to, edit.apply(SOURCE.relativize(file), Files.readString(file)));
			}
			return copy;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private interface Edit {

		String apply(Path file, String text);

	}

}
