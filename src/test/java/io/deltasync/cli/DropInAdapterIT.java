package io.deltasync.cli;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

import io.deltasync.cli.Cli.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * DeltaSync's own jar with an adapter that somebody else compiled, in a jar beside it.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DropInAdapterIT {

	private static final String TIDES = """
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
			""";

	private static final String DEPTHS = """
			package com.example.tides;

			import java.sql.Connection;
			import java.sql.DatabaseMetaData;
			import java.sql.SQLException;
			import java.util.List;

			import io.deltasync.jdbc.dialect.Catalog;
			import io.deltasync.jdbc.dialect.Dialect;
			import io.deltasync.jdbc.dialect.RowStatement;
			import io.deltasync.jdbc.dialect.ServerClock;
			import io.deltasync.jdbc.dialect.Table;
			import io.deltasync.jdbc.generic.GenericDialect;
			import io.deltasync.jdbc.value.Column;
			import org.springframework.boot.autoconfigure.AutoConfiguration;
			import org.springframework.context.annotation.Bean;

			@AutoConfiguration
			public class Depths {

				@Bean
				Dialect derby() {
					return new Derby();
				}

				static class Derby extends Dialect {

					private final Dialect standard = new GenericDialect();

					public String name() {
						return "Derby";
					}

					public boolean supports(DatabaseMetaData metaData) throws SQLException {
						return metaData.getDatabaseProductName().contains("Derby");
					}

					public void check(DatabaseMetaData metaData, String connection) {
						System.err.println("Depths of " + connection);
					}

					public Catalog catalog() {
						return this.standard.catalog();
					}

					public ServerClock clock() {
						return this.standard.clock();
					}

					public String upsert(Table table, List<Column> columns, List<Column> key, int rows) {
						return this.standard.upsert(table, columns, key, rows);
					}

					public RowStatement prepareUpsert(Connection connection, Table table, List<Column> key, String sql,
							List<Column> columns, int rows) throws SQLException {
						return this.standard.prepareUpsert(connection, table, key, sql, columns, rows);
					}

				}

			}
			""";

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
	void dialectAndDriverAreLoadedFromTheAdaptersDirectory() throws Exception {
		Path adapters = this.directory.resolve("adapters");
		buildJar(adapters, "Depths", DEPTHS);
		for (Path jar : jarsOfDerby()) {
			Files.copy(jar, adapters.resolve(jar.getFileName()));
		}
		String url = "jdbc:derby:" + this.directory.resolve("sea");
		try (Connection connection = DriverManager.getConnection(url + ";create=true");
				Statement statement = connection.createStatement()) {
			statement.execute("CREATE TABLE depth (id INT PRIMARY KEY, metres INT)");
			statement.execute("CREATE TABLE copy (id INT PRIMARY KEY, metres INT)");
			statement.execute("INSERT INTO depth VALUES (1, 20), (2, 300)");
		}
		assertThatExceptionOfType(SQLException.class)
			.isThrownBy(() -> DriverManager.getConnection(url + ";shutdown=true"));
		Files.writeString(this.directory.resolve("application.yaml"), """
				deltasync:
				  connections.sea.url: "%s"
				  links.depths:
				    source: { adapter: jdbc, connection: sea, table: depth, key: id }
				    target: { adapter: jdbc, connection: sea, table: copy, key: id }
				""".formatted(url));

		Result result = Cli.ofJar(this.directory).run("run", "depths");

		assertThat(result.exitCode()).as(result.err()).isZero();
		assertThat(result.out()).contains("2 fetched, 2 written");
		assertThat(result.err()).contains("Depths of sea");
	}

	@Test
	void adapterOfTheGuideReadsADirectory() throws Exception {
		Map<String, String> types = new LinkedHashMap<>();
		Matcher example = Pattern.compile("(?ms)^```java\\n(.*?public class (\\w+) .*?)^```$")
			.matcher(Files.readString(Path.of("docs/first-adapter.md")));
		while (example.find()) {
			types.put(example.group(2), example.group(1));
		}
		assertThat(types).containsOnlyKeys("NotesSource", "NotesAdapters");
		buildJar(this.directory.resolve("adapters"), "com.example.notes.NotesAdapters", types);
		Path notes = Files.createDirectory(this.directory.resolve("notes"));
		Files.writeString(notes.resolve("a.txt"), " first ");
		Files.writeString(notes.resolve("b.txt"), "second");
		String url = "jdbc:h2:file:" + this.directory.resolve("archive");
		try (Connection connection = DriverManager.getConnection(url);
				Statement statement = connection.createStatement()) {
			statement.execute("CREATE TABLE note (name VARCHAR(40) PRIMARY KEY, text CLOB)");
		}
		Files.writeString(this.directory.resolve("application.yaml"), """
				deltasync:
				  connections.archive.url: "%s"
				  links.notes:
				    source: { adapter: notes, path: "%s" }
				    target: { adapter: jdbc, connection: archive, table: NOTE }
				    mapping: { expressions: { text: text.trim() } }
				""".formatted(url, notes));

		Result result = Cli.ofJar(this.directory).run("run", "notes");

		assertThat(result.exitCode()).as(result.err()).isZero();
		assertThat(result.out()).contains("2 fetched, 2 written");
		try (Connection connection = DriverManager.getConnection(url);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT text FROM note WHERE name = 'a.txt'")) {
			assertThat(rows.next()).isTrue();
			assertThat(rows.getString(1)).isEqualTo("first");
		}
	}

	@Test
	void adapterIsUnknownWithoutItsJar() {
		Result result = Cli.ofJar(this.directory).run("run", "tides");

		assertThat(result.exitCode()).isEqualTo(4);
		assertThat(result.err()).contains("deltasync.links.tides.source.adapter", "there is no such adapter");
	}

	private void buildJar(Path adapters) throws IOException {
		buildJar(adapters, "Tides", TIDES);
	}

	private void buildJar(Path adapters, String type, String text) throws IOException {
		buildJar(adapters, "com.example.tides." + type, Map.of(type, text));
	}

	private void buildJar(Path adapters, String beans, Map<String, String> types) throws IOException {
		String type = beans.substring(beans.lastIndexOf('.') + 1);
		Path sources = Files.createDirectories(this.directory.resolve("src"));
		List<String> arguments = new ArrayList<>();
		for (Map.Entry<String, String> each : types.entrySet()) {
			arguments.add(Files.writeString(sources.resolve(each.getKey() + ".java"), each.getValue()).toString());
		}
		Path classes = Files.createDirectories(this.directory.resolve("classes-" + type));
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		arguments.addAll(List.of("-parameters", "-proc:none", "-cp", classPath(), "-d", classes.toString()));
		int errors = compiler.run(null, null, null, arguments.toArray(String[]::new));
		assertThat(errors).isZero();
		Path imports = classes
			.resolve("META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports");
		Files.createDirectories(imports.getParent());
		Files.writeString(imports, beans, StandardCharsets.UTF_8);
		Files.createDirectories(adapters);
		try (OutputStream out = Files.newOutputStream(adapters.resolve(type.toLowerCase(Locale.ROOT) + ".jar"));
				JarOutputStream jar = new JarOutputStream(out)) {
			for (Path file : files(classes)) {
				jar.putNextEntry(new JarEntry(classes.relativize(file).toString()));
				jar.write(Files.readAllBytes(file));
				jar.closeEntry();
			}
		}
	}

	private static List<Path> jarsOfDerby() {
		return Stream.of(classPath().split(File.pathSeparator))
			.map(Path::of)
			.filter((jar) -> jar.getFileName().toString().matches("derby(shared)?-.*"))
			.toList();
	}

	private static String classPath() {
		return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
	}

	private static List<Path> files(Path root) throws IOException {
		try (Stream<Path> files = Files.walk(root)) {
			return files.filter(Files::isRegularFile).toList();
		}
	}

}
