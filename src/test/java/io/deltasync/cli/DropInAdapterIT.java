package io.deltasync.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

import io.deltasync.cli.Cli.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * DeltaSync's own jar with an adapter that somebody else compiled, in a jar beside it.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DropInAdapterIT {

	@TempDir
	Path directory;

	@BeforeEach
	void configureLink() throws IOException {
		Files.writeString(this.directory.resolve("application.yaml"), """
				deltasync.links.tides:
				  source: { adapter: tides, table: north-sea, station: Bergen }
				  target: { adapter: tides, table: log }
				""");
	}

	@Test
	void adapterIsLoadedFromTheAdaptersDirectory() throws IOException {
		buildJar(this.directory.resolve("adapters"));

		Result result = Cli.ofJar(this.directory).run("run", "tides");

		assertThat(result.exitCode()).as(result.err()).isZero();
		assertThat(result.out()).contains("Link 'tides': successful (event 1)", "2 fetched, 2 written");
		assertThat(result.err()).contains("Bergen 1, north-sea", "Bergen 2, north-sea");
	}

	@Test
	void loaderPathSelectsAnotherDirectory() throws IOException {
		buildJar(this.directory.resolve("elsewhere"));

		Result result = Cli.ofJar(this.directory, "-Dloader.path=elsewhere").run("run", "tides");

		assertThat(result.exitCode()).as(result.err()).isZero();
	}

	@Test
	void distributionHasAdaptersOfItsOwnAndThoseOfTheDirectory() throws IOException {
		Files.createDirectories(this.directory.resolve("in stallation"));
		Installation installation = Installation.unpack(this.directory.resolve("in stallation"));
		buildJar(installation.home().resolve("adapters"));

		Result own = installation.cli(this.directory).run("run", "tides");
		Files.createDirectory(this.directory.resolve("adapters"));
		Files.move(installation.home().resolve("adapters/tides.jar"), this.directory.resolve("adapters/tides.jar"));
		Result ofDirectory = installation.cli(this.directory).run("run", "tides");

		assertThat(own.exitCode()).as(own.err()).isZero();
		assertThat(own.err()).contains("Bergen 1, north-sea");
		assertThat(ofDirectory.exitCode()).as(ofDirectory.err()).isZero();
	}

	@Test
	void adapterIsUnknownWithoutItsJar() {
		Result result = Cli.ofJar(this.directory).run("run", "tides");

		assertThat(result.exitCode()).isEqualTo(4);
		assertThat(result.err()).contains("deltasync.links.tides.source.adapter", "there is no such adapter");
	}

	private void buildJar(Path adapters) throws IOException {
		Path sources = Files.createDirectories(this.directory.resolve("src"));
		Path source = Files.writeString(sources.resolve("Tides.java"),
				"""
						package com.example.tides;

						import java.util.List;
						import java.util.Map;

						import io.deltasync.api.ConfigurableAdapter;
						import io.deltasync.api.FetchStrategy;
						import io.deltasync.api.LinkContext;
						import io.deltasync.api.RecordInFlight;
						import io.deltasync.api.SourceAdapterForPull;
						import io.deltasync.api.TargetAdapter;
						import org.springframework.boot.autoconfigure.AutoConfiguration;
						import org.springframework.context.annotation.Bean;
						import org.springframework.context.annotation.Scope;

						@AutoConfiguration
						public class Tides {

							@Bean
							@Scope("prototype")
							Source tidesSource() {
								return new Source();
							}

							@Bean
							@Scope("prototype")
							Target tidesTarget() {
								return new Target();
							}

							public record Options(String station) {
							}

							public static class Source implements SourceAdapterForPull, ConfigurableAdapter<Options> {

								private String station;

								public Class<Options> optionsType() {
									return Options.class;
								}

								public void configure(Options options) {
									this.station = options.station();
								}

								public FetchStrategy planFetch(LinkContext context) {
									return FetchStrategy.scopes(List.of(new Scope(1), new Scope(2)), 2);
								}

								public Iterable<RecordInFlight> fetchRecords(LinkContext context, Object scope) {
									String text = this.station + " " + ((Scope) scope).number() + ", " + context.linkSourceName();
									return List.of(new RecordInFlight(Map.of("text", text)));
								}

								public record Scope(int number) {
								}

							}

							public static class Target implements TargetAdapter {

								public int getBatchSizeLimit(LinkContext context) {
									return 10;
								}

								public void pushRecords(LinkContext context, List<RecordInFlight> records) {
									records.forEach((record) -> System.err.println(record.get("text")));
								}

							}

						}
						""");
		Path classes = Files.createDirectories(this.directory.resolve("classes"));
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
		int errors = compiler.run(null, null, null, "-parameters", "-proc:none", "-cp", classPath, "-d",
				classes.toString(), source.toString());
		assertThat(errors).isZero();
		Path imports = classes
			.resolve("META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports");
		Files.createDirectories(imports.getParent());
		Files.writeString(imports, "com.example.tides.Tides", StandardCharsets.UTF_8);
		Files.createDirectories(adapters);
		try (OutputStream out = Files.newOutputStream(adapters.resolve("tides.jar"));
				JarOutputStream jar = new JarOutputStream(out)) {
			for (Path file : files(classes)) {
				jar.putNextEntry(new JarEntry(classes.relativize(file).toString()));
				jar.write(Files.readAllBytes(file));
				jar.closeEntry();
			}
		}
	}

	private static List<Path> files(Path root) throws IOException {
		try (Stream<Path> files = Files.walk(root)) {
			return files.filter(Files::isRegularFile).toList();
		}
	}

}
