package io.deltasync.docs;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import io.deltasync.api.LinkContext;
import io.deltasync.autoconfigure.LaunchAutoConfiguration;
import io.deltasync.cli.DeltaSyncCommands;
import io.deltasync.docs.DocPage.Example;
import io.deltasync.run.RunEvent;
import io.deltasync.testkit.AdapterKit;

/**
 * The examples in Java of all pages, compiled: each page as a package of its own. One
 * without imports is given those that an editor would add.
 *
 * @param classes from the place of an example to its class
 */
record CompiledExamples(Map<String, Class<?>> classes) {

	private static final Pattern TYPE = Pattern
		.compile("(?m)^(?:public |final |abstract )*(?:class|record|interface|enum) (\\w+)");

	private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");

	private static final List<String> IMPORTS = List.of("java.io.*", "java.nio.file.*", "java.time.*", "java.util.*",
			"java.util.stream.*", packageOf(LinkContext.class), packageOf(AdapterKit.class), RunEvent.class.getName(),
			"org.springframework.context.event.EventListener", DeltaSyncCommands.class.getName(),
			LaunchAutoConfiguration.class.getName(), "org.jspecify.annotations.Nullable", "org.junit.jupiter.api.Test",
			"org.springframework.batch.core.configuration.JobRegistry", "org.springframework.batch.core.job.*",
			"org.springframework.batch.core.job.parameters.*", "org.springframework.batch.core.launch.*",
			"org.springframework.batch.core.repository.JobRepository", "org.springframework.boot.SpringApplication",
			"org.springframework.boot.autoconfigure.*",
			"org.springframework.boot.batch.autoconfigure.BatchTaskExecutor",
			"org.springframework.context.annotation.*", "org.springframework.core.task.*", "org.springframework.http.*",
			"org.springframework.stereotype.Component", "org.springframework.web.bind.annotation.*",
			"com.example.notes.*", "documentation.adapters.*", "static org.assertj.core.api.Assertions.assertThat");

	private static String packageOf(Class<?> type) {
		return type.getPackageName() + ".*";
	}

	static CompiledExamples of(List<Example> examples) {
		Map<String, String> names = new LinkedHashMap<>();
		List<JavaFileObject> sources = new ArrayList<>();
		for (Example example : examples) {
			Matcher type = TYPE.matcher(example.text());
			if (!type.find()) {
				throw new AssertionError(example + " declares no class, so it cannot be pasted");
			}
			Matcher itsOwn = PACKAGE.matcher(example.text());
			boolean complete = itsOwn.find();
			String home = complete ? itsOwn.group(1)
					: "documentation." + example.page().name().replace('-', '_').toLowerCase();
			String source = complete ? example.text()
					: IMPORTS.stream()
						.filter((name) -> !name.equals(home + ".*"))
						.collect(Collectors.joining("; import ", "package " + home + "; import ", "; "))
							+ example.text();
			names.put(example.toString(), home + "." + type.group(1));
			sources.add(new Source(names.get(example.toString()), source));
		}
		ClassLoader loader = compile(sources);
		Map<String, Class<?>> classes = new LinkedHashMap<>();
		names.forEach((place, name) -> classes.put(place, load(loader, name)));
		return new CompiledExamples(classes);
	}

	Class<?> named(String simpleName) {
		return this.classes.values()
			.stream()
			.filter((type) -> type.getSimpleName().equals(simpleName))
			.findFirst()
			.orElseThrow();
	}

	private static Class<?> load(ClassLoader loader, String name) {
		try {
			return Class.forName(name, true, loader);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static ClassLoader compile(List<JavaFileObject> sources) {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
		try {
			Path output = Files.createTempDirectory("documentation");
			output.toFile().deleteOnExit();
			String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
			try (StandardJavaFileManager files = compiler.getStandardFileManager(problems, null, null)) {
				compiler
					.getTask(null, files, problems,
							List.of("-proc:none", "-parameters", "-classpath",
									classPath.replace(":", File.pathSeparator), "-d", output.toString()),
							null, sources)
					.call();
			}
			String errors = problems.getDiagnostics()
				.stream()
				.filter((one) -> one.getKind() == Diagnostic.Kind.ERROR)
				.map((one) -> "%s: %s".formatted(one.getSource().getName(), one.getMessage(null)))
				.collect(Collectors.joining("\n"));
			if (!errors.isEmpty()) {
				throw new AssertionError("The documentation has examples that do not compile:\n" + errors);
			}
			return new URLClassLoader(new URL[] { output.toUri().toURL() }, CompiledExamples.class.getClassLoader());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** An example in memory. */
	private static final class Source extends SimpleJavaFileObject {

		private final String text;

		Source(String name, String text) {
			super(URI.create("string:///" + name.replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
			this.text = text;
		}

		@Override
		public CharSequence getCharContent(boolean ignoreEncodingErrors) {
			return this.text;
		}

	}

}
