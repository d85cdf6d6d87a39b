package io.deltasync.docs;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.deltasync.api.Adapter;
import io.deltasync.api.Connections;
import io.deltasync.api.RecordFilter;
import io.deltasync.api.RecordInFlight;
import io.deltasync.api.SourceAdapter;
import io.deltasync.cli.UsageCheck;
import io.deltasync.connection.ConfiguredConnections;
import io.deltasync.docs.DocPage.Example;
import io.deltasync.expression.ConditionFilter;
import io.deltasync.file.read.FileSource;
import io.deltasync.file.s3.S3ConnectionType;
import io.deltasync.file.s3.S3Places;
import io.deltasync.file.sftp.SftpConnectionType;
import io.deltasync.file.sftp.SftpPlaces;
import io.deltasync.file.store.FileStores;
import io.deltasync.file.write.FileTarget;
import io.deltasync.http.connection.HttpConnectionType;
import io.deltasync.http.connection.HttpConnections;
import io.deltasync.http.source.HttpSource;
import io.deltasync.http.source.page.RunKeys;
import io.deltasync.http.target.HttpTarget;
import io.deltasync.jdbc.BuiltInDialects;
import io.deltasync.jdbc.dialect.JdbcTables;
import io.deltasync.jdbc.read.JdbcSource;
import io.deltasync.jdbc.write.JdbcTarget;
import io.deltasync.link.Links;
import io.deltasync.push.PushSource;
import io.deltasync.testkit.AdapterKit;
import io.deltasync.testkit.AdapterRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.stereotype.Component;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of the documentation can be used as they are printed: Java is compiled,
 * its tests run, YAML is bound to it and checked, and command lines are parsed.
 */
class DocumentationExampleTests {

	private static final Map<String, Object> SECRETS = Map.ofEntries(Map.entry("CRM_PASSWORD", "x"),
			Map.entry("DWH_PASSWORD", "x"), Map.entry("ARCHIVE_PASSWORD", "x"), Map.entry("REPORTS_PASSWORD", "x"),
			Map.entry("BROKER_PASSWORD", "x"), Map.entry("OPS_WEBHOOK_URL", "https://ops.example.com/hook"),
			Map.entry("OPS_WEBHOOK_SECRET", "c2VjcmV0IG9mIDI0IGJ5dGVzIG9yIHNvIC4uLg=="),
			Map.entry("CHAT_WEBHOOK_URL", "https://chat.example.com/hook"),
			Map.entry("HEALTHCHECK_URL", "https://ping.example.com/deltasync"), Map.entry("SHOP_TOKEN", "x"),
			Map.entry("FILES_PASSWORD", "x"), Map.entry("MINIO_ACCESS_KEY", "x"), Map.entry("MINIO_SECRET_KEY", "x"),
			Map.entry("API_KEY", "x"));

	/**
	 * Where a command is executed, which the check of its other arguments must not do.
	 */
	private static final Pattern SERVER = Pattern.compile(" --(server|token-file) \\S+");

	/** What the examples leave to the reader. */
	private static final Set<String> OTHER_TOOLS = Set.of("kubectl", "curl", "helm", "keytool", "mysqldump", "pg_dump",
			"tar", "echo", "docker", "javac", "jar", "mkdir");

	/** Commands that only the launcher of the distribution has. */
	private static final Set<String> OF_LAUNCHER = Set.of("train");

	private static CompiledExamples compiled;

	@BeforeAll
	static void compile() {
		compiled = CompiledExamples.of(DocPage.examples("java"));
	}

	static List<Example> configurations() {
		return DocPage.examples("yaml").stream().filter(DocumentationExampleTests::isConfiguration).toList();
	}

	private static boolean isConfiguration(Example example) {
		return example.text().startsWith("deltasync:") || example.text().startsWith("spring");
	}

	static List<Example> commands() {
		return DocPage.examples("sh");
	}

	@Test
	void testsInTheDocumentationPass() throws Exception {
		int tests = 0;
		for (Class<?> type : compiled.classes().values()) {
			for (Method method : type.getDeclaredMethods()) {
				if (method.isAnnotationPresent(Test.class)) {
					Constructor<?> constructor = type.getDeclaredConstructor();
					constructor.setAccessible(true);
					method.setAccessible(true);
					method.invoke(constructor.newInstance());
					tests++;
				}
			}
		}
		assertThat(tests).isGreaterThanOrEqualTo(4);
	}

	@Test
	void exampleOfDelayWaitsForItsExport() {
		AtomicInteger asked = new AtomicInteger();
		AdapterRun run = run("ExportSource",
				Map.of("start", (arguments) -> "export", "files",
						(arguments) -> (asked.incrementAndGet() > 1) ? List.of("a.csv", "b.csv") : null, "read",
						(arguments) -> List.of(Map.of("file", arguments[0]))));

		assertThat(run.strategies()).containsExactly("DELAY", "DELAY", "SCOPES");
		assertThat(run.records()).extracting((record) -> record.get("file")).containsExactly("a.csv", "b.csv");
	}

	@Test
	void exampleOfCumulativeScopesPlansPageByPage() {
		AdapterRun run = run("CatalogSource", Map.of("list",
				(arguments) -> arguments[1].equals("") ? record("CatalogSource", "Listing", List.of("1", "2"), "more")
						: record("CatalogSource", "Listing", List.of("3"), null),
				"product", (arguments) -> Map.of("id", arguments[0])));

		assertThat(run.strategies()).containsExactly("CUMULATIVE_SCOPES", "CUMULATIVE_SCOPES");
		assertThat(run.records()).extracting(RecordInFlight::key).containsExactly("1", "2", "3");
	}

	@Test
	void exampleOfAChainFollowsItToItsEnd() {
		AdapterRun run = run("FeedSource",
				Map.of("read",
						(arguments) -> (arguments[0] == null)
								? record("FeedSource", "Answer", List.of(Map.of("id", 1)), "page 2")
								: record("FeedSource", "Answer", List.of(Map.of("id", 2)), null)));

		assertThat(run.strategy()).isEqualTo("IMMEDIATE");
		assertThat(run.records()).extracting((record) -> record.get("id")).containsExactly(1, 2);
	}

	@Test
	void exampleOfLocatorTurnsRowsIntoRecords() {
		AdapterRun run = AdapterKit.of(() -> instance("InvoiceSource"))
			.rows(List.of(Map.of("id", 1, "amount", 10), Map.of("id", 2, "amount", 20)))
			.run();

		assertThat(run.strategy()).isEqualTo("LOCATOR");
		assertThat(run.records()).extracting(RecordInFlight::key).containsExactly("1", "2");
	}

	private static AdapterRun run(String adapter, Map<String, Function<Object[], Object>> client) {
		return AdapterKit
			.of(() -> instance(adapter,
					Stream.of(compiled.named(adapter).getDeclaredClasses())
						.filter(Class::isInterface)
						.map((type) -> Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
								(proxy, method, arguments) -> client.get(method.getName()).apply(arguments)))
						.toArray()))
			.run();
	}

	private static SourceAdapter instance(String adapter, Object... arguments) {
		return (SourceAdapter) create(compiled.named(adapter), arguments);
	}

	private static Object record(String adapter, String name, Object... components) {
		return Stream.of(compiled.named(adapter).getDeclaredClasses())
			.filter((type) -> type.getSimpleName().equals(name))
			.map((type) -> create(type, components))
			.findFirst()
			.orElseThrow();
	}

	private static Object create(Class<?> type, Object... arguments) {
		try {
			return type.getDeclaredConstructors()[0].newInstance(arguments);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@ParameterizedTest
	@MethodSource("configurations")
	void configurationsHaveNoProblems(Example example) throws Exception {
		StandardEnvironment environment = environment(example);

		Links links = new Links(beans(environment), environment);

		assertThat(links.all()).hasSameSizeAs(links.names());
		assertThat(example.text().contains("  links:")).isEqualTo(!links.names().isEmpty());
	}

	@ParameterizedTest
	@MethodSource("commands")
	void commandLinesAreValid(Example example) {
		for (String command : lines(example)) {
			List<String> words = ShellWords.of(SERVER.matcher(command.replaceFirst(" +#.*", "")).replaceAll(""));
			String program = words.get(0);
			if (program.equals("deltasync")) {
				String[] arguments = words.subList(1, words.size()).toArray(String[]::new);
				if (OF_LAUNCHER.contains(arguments[0])) {
					continue;
				}
				boolean isHelp = arguments.length > 0 && arguments[0].equals("--version");
				assertThat(UsageCheck.answer(arguments).isPresent()).as("%s: %s", example, command).isEqualTo(isHelp);
			}
			else if (program.equals("./mvnw")) {
				words.stream()
					.filter((word) -> word.startsWith("-Dit.test=") || word.startsWith("-Dtest="))
					.forEach((word) -> assertThat(TestClasses.named(word.substring(word.indexOf('=') + 1)))
						.as("%s: %s", example, command)
						.isNotEmpty());
			}
			else {
				assertThat(program).as("%s: %s", example, command)
					.matches((other) -> OTHER_TOOLS.contains(other) || other.equals("java") || other.equals("alias")
							|| other.equals("export"), "is explained in the documentation");
			}
		}
	}

	@Test
	void yamlOfOtherProgramsCanBeParsed() {
		DocPage.examples("yaml")
			.stream()
			.filter((example) -> !isConfiguration(example))
			.forEach((example) -> assertThat((Object) new Yaml().load(example.text())).as(example.toString())
				.isInstanceOf(Map.class));
	}

	static List<String> lines(Example example) {
		return example.text()
			.replace("\\\n", " ")
			.lines()
			.flatMap((line) -> Arrays.stream(line.split(" && ")))
			.map((line) -> line.replaceFirst("^\\w+='[^']*' (?=\\./mvnw)", ""))
			.filter((line) -> !line.isBlank() && !line.startsWith("#"))
			.toList();
	}

	private static StandardEnvironment environment(Example example) throws Exception {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("variables", SECRETS));
		for (PropertySource<?> source : new YamlPropertySourceLoader().load(example.toString(),
				new ByteArrayResource(example.text().getBytes(StandardCharsets.UTF_8)))) {
			environment.getPropertySources().addLast(source);
		}
		ConfigurationPropertySources.attach(environment);
		return environment;
	}

	/** The built-in adapters, and those that the documentation shows. */
	private static DefaultListableBeanFactory beans(StandardEnvironment environment) {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		Connections connections = new ConfiguredConnections(environment,
				List.of(new HttpConnectionType(), new SftpConnectionType(), new S3ConnectionType()));
		beans.registerSingleton("connections", connections);
		JdbcTables tables = new JdbcTables(connections, BuiltInDialects.with(List.of()));
		register(beans, "jdbcSource", BeanDefinitionBuilder.genericBeanDefinition(JdbcSource.class,
				() -> new JdbcSource(connections, tables)));
		register(beans, "jdbcTarget", BeanDefinitionBuilder.genericBeanDefinition(JdbcTarget.class,
				() -> new JdbcTarget(connections, tables)));
		beans.registerSingleton("httpConnectionType", new HttpConnectionType());
		beans.registerSingleton("sftpConnectionType", new SftpConnectionType());
		beans.registerSingleton("s3ConnectionType", new S3ConnectionType());
		FileStores files = new FileStores(List.of(new SftpPlaces(connections), new S3Places(connections, (name) -> {
			throw new IllegalArgumentException(name);
		})));
		register(beans, "fileSource", BeanDefinitionBuilder.genericBeanDefinition(FileSource.class,
				() -> new FileSource(files, Clock.systemUTC())));
		register(beans, "fileTarget", BeanDefinitionBuilder.genericBeanDefinition(FileTarget.class,
				() -> new FileTarget(files, Clock.systemUTC())));
		HttpConnections http = new HttpConnections(connections);
		register(beans, "httpSource", BeanDefinitionBuilder.genericBeanDefinition(HttpSource.class,
				() -> new HttpSource(http, new RunKeys())));
		register(beans, "httpTarget",
				BeanDefinitionBuilder.genericBeanDefinition(HttpTarget.class, () -> new HttpTarget(http)));
		register(beans, "pushSource", BeanDefinitionBuilder.genericBeanDefinition(PushSource.class));
		register(beans, "condition", BeanDefinitionBuilder.genericBeanDefinition(ConditionFilter.class));
		for (Class<?> type : compiled.classes().values()) {
			Component component = type.getAnnotation(Component.class);
			if (component != null
					&& (Adapter.class.isAssignableFrom(type) || RecordFilter.class.isAssignableFrom(type))) {
				register(beans, component.value(), BeanDefinitionBuilder.genericBeanDefinition(type)
					.setAutowireMode(AbstractBeanDefinition.AUTOWIRE_CONSTRUCTOR));
				Arrays.stream(type.getDeclaredClasses())
					.filter(Class::isInterface)
					.forEach((client) -> beans.registerSingleton(client.getName(), clientOf(client)));
			}
		}
		return beans;
	}

	private static void register(DefaultListableBeanFactory beans, String name, BeanDefinitionBuilder definition) {
		beans.registerBeanDefinition(name, definition.setScope(BeanDefinition.SCOPE_PROTOTYPE).getBeanDefinition());
	}

	private static Object clientOf(Class<?> type) {
		return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> switch (method.getName()) {
					case "hashCode" -> System.identityHashCode(proxy);
					case "equals" -> proxy == Objects.requireNonNull(arguments)[0];
					case "toString" -> type.getSimpleName();
					default -> throw new UnsupportedOperationException();
				});
	}

}
