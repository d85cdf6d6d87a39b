package io.deltasync.docs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.deltasync.DeltaSyncApplication;
import io.deltasync.cli.process.OwnApplication;
import io.deltasync.docs.DocPage.Example;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.DefaultResourceLoader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Examples of the documentation, carried out: the commands about the demo in the order of
 * the pages, README's quick start first; and those with a configuration of their own.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DocumentationIT {

	private static final List<String> SECURITY = List.of(
			"org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
			"org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
			"org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration",
			"org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration");

	private static final String DEMO = "--spring.profiles.active=demo";

	private static final Pattern EXIT_CODE = Pattern.compile("# exit code (\\d+)");

	private static final String MAVEN_SQL = "-Dsql=";

	private static CompiledExamples compiled;

	@TempDir
	Path directory;

	@BeforeAll
	static void compile() {
		compiled = CompiledExamples.of(DocPage.examples("java"));
	}

	@Test
	void commandsAboutTheDemoSucceed() throws SQLException {
		List<String> carriedOut = new ArrayList<>();
		for (Example example : DocPage.examples("sh")) {
			for (String command : DocumentationExampleTests.lines(example)) {
				if (carryOut(example, command)) {
					carriedOut.add(command);
				}
				if (carriedOut.size() == 3) {
					assertQuickStartCopiedChanges();
				}
			}
		}
		assertThat(carriedOut).hasSizeGreaterThan(10);
	}

	private boolean carryOut(Example example, String line) throws SQLException {
		List<String> words = ShellWords.of(line.replaceFirst(" +#.*", ""));
		Matcher expected = EXIT_CODE.matcher(line);
		int exitCode = expected.find() ? Integer.parseInt(expected.group(1)) : 0;
		List<String> plain = words.subList(1, words.size());
		for (String word : plain) {
			if (word.startsWith(MAVEN_SQL)) {
				execute("shop", word.substring(MAVEN_SQL.length()));
				return true;
			}
		}
		// 'serve' goes on until somebody ends it
		if (words.get(0).equals("deltasync") && words.contains(DEMO) && !words.contains("serve")) {
			run(example, exitCode, plain.stream().filter((word) -> !word.equals(DEMO)).toList());
			return true;
		}
		return false;
	}

	private void run(Example example, int expected, List<String> command) {
		List<String> arguments = new ArrayList<>(List.of(DEMO, "--deltasync.connections.demo-shop.url=" + url("shop"),
				"--deltasync.connections.demo-warehouse.url=" + url("warehouse")));
		arguments.addAll(command);
		PrintStream out = System.out;
		ByteArrayOutputStream printed = new ByteArrayOutputStream();
		System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
		try {
			assertThat(start(application(Map.of()), arguments)).as("%s: %s", example, command).isEqualTo(expected);
		}
		finally {
			System.setOut(out);
		}
		if (command.contains("--json")) {
			String documented = DocPage.of(Path.of("docs/json.md")).text();
			assertThat(fields(JsonMapper.shared().readTree(printed.toString(StandardCharsets.UTF_8))))
				.as("%s: %s", example, command)
				.allMatch((field) -> documented.contains("`" + field + "`"));
		}
	}

	/**
	 * DeltaSync's own application, with a JobRepository in the directory of this test.
	 */
	private SpringApplication application(Map<String, Object> configuration, Class<?>... more) {
		Map<String, Object> properties = new HashMap<>(configuration);
		properties.put(OwnApplication.MARK, true);
		properties.put("logging.config", "classpath:deltasync-logback.xml");
		properties.put("spring.datasource.url", url("deltasync"));
		properties.put("spring.datasource.username", "sa");
		SpringApplication application = new SpringApplication(DeltaSyncApplication.class);
		application.addPrimarySources(List.of(more));
		application.setBannerMode(Banner.Mode.OFF);
		application.setLogStartupInfo(false);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.setDefaultProperties(properties);
		return application;
	}

	private static int start(SpringApplication application, List<String> arguments) {
		return SpringApplication.exit(application.run(arguments.toArray(String[]::new)));
	}

	@Test
	void unchangedAndDeletedRecordsAreTreatedAsDocumented() throws Exception {
		execute("demo-shop", "CREATE TABLE customer (id INT PRIMARY KEY, updated_at TIMESTAMP(6) WITH TIME ZONE)");
		execute("demo-shop", "INSERT INTO customer SELECT \"X\", CURRENT_TIMESTAMP FROM SYSTEM_RANGE(1, 20)");
		execute("warehouse", "CREATE TABLE customer (id INT PRIMARY KEY, updated_at TIMESTAMP(6) WITH TIME ZONE, "
				+ "deleted VARCHAR(5))");
		Map<String, Object> configuration = configuration("trying-skipping-deleting");

		DocPage page = DocPage.of(Path.of("docs/trying-skipping-deleting.md"));
		for (Example example : page.examples()) {
			for (String command : example.isIn("sh") ? DocumentationExampleTests.lines(example) : List.<String>of()) {
				List<String> words = ShellWords.of(command);
				assertThat(start(application(configuration), words.subList(1, words.size()))).as(command).isZero();
			}
		}
		assertThat(query("warehouse", "SELECT COUNT(*) FROM customer WHERE deleted = 'false'")).containsExactly("20");
		execute("demo-shop", "DELETE FROM customer WHERE id = 20");
		assertThat(start(application(configuration), List.of("run", "customers", "--full"))).isZero();

		assertThat(query("warehouse", "SELECT id FROM customer WHERE deleted = 'true'")).containsExactly("20");
	}

	@Test
	void exampleOfAMappingProducesTheDocumentedResult() throws Exception {
		execute("crm",
				"CREATE TABLE customer (id INT PRIMARY KEY, name VARCHAR(20), email VARCHAR(40), city VARCHAR(20), "
						+ "updated_at TIMESTAMP WITH TIME ZONE)");
		execute("crm", "INSERT INTO customer VALUES (7, 'Ada', 'ada@lovelace.org', 'London', '2026-11-21 10:00:00Z'), "
				+ "(8, 'No mail', NULL, 'Rome', '2026-11-21 10:00:00Z'), (9, 'Internal', 'x@example.com', 'Oslo', NULL)");
		execute("warehouse", "CREATE TABLE customer (customer_no VARCHAR(9) PRIMARY KEY, name VARCHAR(20), "
				+ "email VARCHAR(40), city VARCHAR(20), updated_at TIMESTAMP WITH TIME ZONE, domain VARCHAR(40), "
				+ "origin VARCHAR(9))");
		Map<String, Object> configuration = configuration("mapping-and-filters");
		for (String connection : List.of("crm", "warehouse")) {
			configuration.put("deltasync.connections.%s.url".formatted(connection), url(connection));
			configuration.put("deltasync.connections.%s.username".formatted(connection), "sa");
			configuration.put("deltasync.connections.%s.password".formatted(connection), "");
		}
		Class<?> filter = compiled.named("DomainFilter");

		assertThat(start(application(configuration, filter), List.of("run", "customers"))).isZero();

		assertThat(query("warehouse", "SELECT customer_no, name, email, city, domain, origin FROM customer"))
			.containsExactly("7", "Ada", "ada@lovelace.org", "London", "lovelace.org", "crm");
	}

	private static Set<String> fields(JsonNode json) {
		Set<String> names = new TreeSet<>(json.propertyNames());
		json.forEach((part) -> names.addAll(fields(part)));
		return names;
	}

	private void assertQuickStartCopiedChanges() throws SQLException {
		assertThat(query("warehouse", "SELECT COUNT(*), SUM(CASE WHEN city = 'Lyon' THEN 1 ELSE 0 END) FROM customer"))
			.containsExactly("40000", "25");
	}

	private void execute(String database, String sql) throws SQLException {
		try (Connection connection = DriverManager.getConnection(url(database), "sa", "");
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	@Test
	void embeddingApplicationStartsRunsByHttp() throws Exception {
		for (String database : List.of("shop", "archive")) {
			execute(database, "CREATE TABLE customer (id INT PRIMARY KEY, name VARCHAR(20))");
		}
		execute("shop", "INSERT INTO customer VALUES (1, 'Ada'), (2, 'Grace')");
		Class<?> type = compiled.named("NotesApplication");
		SpringApplication application = new SpringApplication(new DefaultResourceLoader(type.getClassLoader()), type);
		application.setBannerMode(Banner.Mode.OFF);
		// of these libraries, only the tests' class path has those of the console
		application.setDefaultProperties(
				Map.of("server.port", 0, "logging.level.root", "ERROR", "spring.flyway.enabled", false,
						"spring.thymeleaf.enabled", false, "spring.autoconfigure.exclude", String.join(",", SECURITY)));
		List<String> arguments = new ArrayList<>();
		configuration("embedding").forEach((name, value) -> arguments.add("--%s=%s".formatted(name, value)));

		try (ConfigurableApplicationContext running = application.run(arguments.toArray(String[]::new))) {
			HttpClient client = HttpClient.newHttpClient();
			String links = "http://localhost:%d/links/"
				.formatted(((ServletWebServerApplicationContext) running).getWebServer().getPort());
			HttpResponse<String> started = client.send(post(links + "customers/runs?mode=FULL"),
					BodyHandlers.ofString());
			HttpResponse<String> unknown = client.send(post(links + "nobody/runs"), BodyHandlers.ofString());

			assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
			assertThat(unknown.statusCode()).isEqualTo(404);
			JobRepository repository = running.getBean(JobRepository.class);
			JobInstance event = repository.getJobInstance(Long.parseLong(started.body()));
			while (repository.getLastJobExecution(event).isRunning()) {
				LockSupport.parkNanos(50_000_000);
			}
			assertThat(repository.getLastJobExecution(event).getExitStatus()).isEqualTo(ExitStatus.COMPLETED);
		}
		assertThat(query("archive", "SELECT id FROM customer ORDER BY id")).containsExactly("1", "2");
	}

	private static HttpRequest post(String url) {
		return HttpRequest.newBuilder(URI.create(url)).POST(BodyPublishers.noBody()).build();
	}

	/** The first one of a page, with databases in the directory of this test. */
	private Map<String, Object> configuration(String page) throws IOException {
		Example example = DocPage.of(Path.of("docs", page + ".md"))
			.examples()
			.stream()
			.filter((one) -> one.isIn("yaml"))
			.findFirst()
			.orElseThrow();
		String yaml = example.text().replace("./data", this.directory.toString());
		Map<String, Object> properties = new HashMap<>();
		for (PropertySource<?> source : new YamlPropertySourceLoader().load(page,
				new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)))) {
			for (String name : ((EnumerablePropertySource<?>) source).getPropertyNames()) {
				properties.put(name, source.getProperty(name));
			}
		}
		properties.remove("logging.config");
		return properties;
	}

	/** The columns of all rows, one after the other. */
	private List<String> query(String database, String sql) throws SQLException {
		try (Connection connection = DriverManager.getConnection(url(database), "sa", "");
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			List<String> values = new ArrayList<>();
			while (rows.next()) {
				for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
					values.add(rows.getString(i));
				}
			}
			return values;
		}
	}

	private String url(String database) {
		return "jdbc:h2:file:%s;DATABASE_TO_LOWER=TRUE;DB_CLOSE_ON_EXIT=FALSE"
			.formatted(this.directory.resolve(database));
	}

}
