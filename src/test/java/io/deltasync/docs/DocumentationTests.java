package io.deltasync.docs;

import java.util.Arrays;
import java.lang.reflect.RecordComponent;
import io.deltasync.api.Connections;
import io.deltasync.config.ConfigurationException;
import io.deltasync.event.SyncEvent;
import io.deltasync.file.read.AfterSuccess;
import io.deltasync.file.read.FileDelta;
import io.deltasync.file.read.FileSourceOptions;
import io.deltasync.file.s3.S3Settings;
import io.deltasync.file.sftp.SftpSettings;
import io.deltasync.file.write.FileTargetOptions;
import io.deltasync.http.connection.HttpSettings;
import io.deltasync.http.source.options.DeltaOptions;
import io.deltasync.http.source.options.ExportOptions;
import io.deltasync.http.source.options.HttpSourceOptions;
import io.deltasync.http.source.options.ListOptions;
import io.deltasync.http.source.options.PagingOptions;
import io.deltasync.http.target.HttpTargetOptions;
import io.deltasync.jdbc.BuiltInDialects;
import io.deltasync.jdbc.dialect.JdbcTables;
import io.deltasync.jdbc.read.JdbcSource;
import io.deltasync.jdbc.write.JdbcTarget;
import io.deltasync.link.Links;
import io.deltasync.push.PushOptions;
import io.deltasync.reject.Reject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * The documentation is complete, and what it names exists: pages, headings, options,
 * messages.
 */
class DocumentationTests {

	private static final int README_LINES = 150;

	private static final Pattern NOT_SUPPORTED = Pattern
		.compile("(?m)^## Not (?:supported|measured|tested)$|Not guaranteed");

	private static final Pattern TABLE = Pattern
		.compile("(?s)<!-- begin options ([^>]+?) -->(.*?)<!-- end options -->");

	private static final Pattern ROW = Pattern.compile("(?m)^\\| `([\\w.-]+)` \\|");

	private static final Pattern PROPERTY = Pattern
		.compile("(?<![\\w./])deltasync\\.(?!io/)((?:[a-z][\\w-]*\\.)*[a-z][\\w-]*)");

	private static final Pattern KNOWN = Pattern.compile("Known here: (.*)");

	/** Groups of options, whose members are documented in their place. */
	private static final Set<String> GROUPS = Set.of("retention", "serve", "serve.oidc", "remote", "push");

	static List<DocPage> pages() {
		return DocPage.all();
	}

	@Test
	void readmeFitsTwoScreensAndNamesTheTestCommand() {
		DocPage readme = DocPage.of(DocPage.README);

		assertThat(readme.text().lines().count()).isLessThanOrEqualTo(README_LINES);
		assertThat(readme.text()).contains("./mvnw verify");
	}

	@Test
	void readmeLeadsToEveryPage() {
		List<String> links = DocPage.of(DocPage.README).links();

		pages().stream()
			.map(DocPage::path)
			.filter((page) -> !page.equals(DocPage.README))
			.forEach((page) -> assertThat(links).contains(page.toString()));
	}

	@ParameterizedTest
	@MethodSource("pages")
	void linksLeadToAFileAndItsHeading(DocPage page) {
		linksResolve(page);
	}

	@Test
	void linksOfOtherFilesLeadToAFileAndItsHeading() {
		Stream.of("helm/deltasync/README.md", "src/test/README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md")
			.map(Path::of)
			.map(DocPage::of)
			.forEach(DocumentationTests::linksResolve);
	}

	private static void linksResolve(DocPage page) {
		for (String link : page.links()) {
			if (link.matches("\\w+:.*")) {
				continue;
			}
			String[] parts = link.split("#", 2);
			Path directory = page.path().toAbsolutePath().getParent();
			Path file = parts[0].isEmpty() ? page.path().toAbsolutePath() : directory.resolve(parts[0]).normalize();
			assertThat(file).as("%s: %s", page, link).exists();
			if (parts.length > 1) {
				assertThat(DocPage.of(file).anchors()).as("%s: %s", page, link).contains(parts[1]);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("pages")
	void pageAnswersOneQuestionAndNamesWhatIsNotSupported(DocPage page) {
		if (page.path().equals(DocPage.README)) {
			return;
		}
		assertThat(page.text().lines().findFirst().orElseThrow()).as(page.toString()).startsWith("# ").endsWith("?");
		assertThat(NOT_SUPPORTED.matcher(page.prose()).find()).as(page.toString()).isTrue();
		assertThat(page.examples()).as(page.toString()).isNotEmpty();
	}

	@ParameterizedTest
	@MethodSource("pages")
	void documentedVersionIsThatOfTheBuild(DocPage page) throws IOException {
		Matcher built = Pattern.compile("<artifactId>deltasync</artifactId>\\s*<version>([^<]+)</version>")
			.matcher(Files.readString(Path.of("pom.xml")));
		assertThat(built.find()).isTrue();
		assertThat(Pattern.compile("deltasync[:-](\\d[\\w.]*?(?:-SNAPSHOT)?)(?=-app|\\.jar|`| |$)")
			.matcher(page.text())
			.results()
			.map((named) -> named.group(1))).as(page.toString()).allMatch(built.group(1)::equals);
	}

	@Test
	void classesInTheTextExist() {
		Stream.concat(pages().stream(), Stream.of(DocPage.of(Path.of("src/test/README.md"))))
			.forEach((page) -> Pattern.compile("io\\.deltasync\\.[a-z.]+\\.[A-Z]\\w+")
				.matcher(page.text())
				.results()
				.map((name) -> name.group().replace('.', '/') + ".java")
				.forEach((file) -> assertThat(List.of(Path.of("src/main/java", file), Path.of("src/test/java", file)))
					.as(page.toString())
					.anyMatch(Files::exists)));
	}

	@Test
	void drawingsAreXml() throws Exception {
		try (Stream<Path> pictures = Files.list(Path.of("docs/images"))) {
			for (Path picture : pictures.filter((file) -> file.toString().endsWith(".svg")).toList()) {
				assertThat(DocumentBuilderFactory.newInstance()
					.newDocumentBuilder()
					.parse(picture.toFile())
					.getElementsByTagName("title")
					.getLength()).as(picture.toString()).isOne();
			}
		}
	}

	@Test
	void tablesListExactlyTheExistingOptions() {
		Map<String, Set<String>> documented = new LinkedHashMap<>();
		for (DocPage page : pages()) {
			Matcher table = TABLE.matcher(page.text());
			while (table.find()) {
				documented.put(table.group(1),
						ROW.matcher(table.group(2))
							.results()
							.map((row) -> row.group(1))
							.collect(Collectors.toCollection(TreeSet::new)));
			}
		}

		assertThat(documented).isEqualTo(existing());
	}

	@Test
	void propertiesInTheTextExist() {
		Set<String> existing = existing().get("deltasync");
		for (DocPage page : pages()) {
			PROPERTY.matcher(page.text())
				.results()
				.map((property) -> property.group(1))
				.filter((name) -> !name.matches(
						"(connections|links|lanes|job|simulation|campaign|kill|fuzz|notifications|sql|remote\\.rounds)\\b.*")
						&& !GROUPS.contains(name))
				.forEach((name) -> assertThat(existing).as(page.toString()).contains(name.replaceFirst("\\.$", "")));
		}
	}

	/** As the messages about unknown keys list them. */
	private static Map<String, Set<String>> existing() {
		String link = "deltasync.links.a.";
		Map<String, Set<String>> links = known(link + "zzz", link + "schedule.zzz", link + "run-after.zzz",
				link + "retry.zzz", link + "verify.zzz", link + "notifications.zzz", link + "mapping.zzz",
				"deltasync.notifications.zzz", "deltasync.notifications.channels.c.zzz", "deltasync.connections.c.zzz",
				link + "source.zzz", link + "target.zzz");
		Map<String, Set<String>> engine = known("deltasync.zzz", "deltasync.retention.zzz", "deltasync.serve.zzz",
				"deltasync.serve.oidc.zzz", "deltasync.remote.zzz", "deltasync.push.zzz");
		Set<String> ofEngine = new TreeSet<>(engine.get("deltasync"));
		ofEngine.removeAll(Set.of("links", "connections", "notifications"));
		GROUPS.forEach((group) -> engine.get("deltasync." + group).forEach((name) -> ofEngine.add(group + "." + name)));
		ofEngine.removeAll(GROUPS);
		Map<String, Set<String>> existing = new LinkedHashMap<>();
		existing.put("deltasync", ofEngine);
		links.forEach((section, names) -> existing.put(switch (section) {
			case "deltasync.links.a.source" -> "source: jdbc";
			case "deltasync.links.a.target" -> "target: jdbc";
			default -> section.replace(".links.a", ".links.NAME")
				.replace("connections.c", "connections.NAME")
				.replace("channels.c", "channels.NAME");
		}, names));
		existing.get("deltasync.links.NAME").addAll(Set.of("filters", "mapping"));
		existing.get("deltasync.links.NAME").removeAll(Set.of("source", "target"));
		existing.get("deltasync.notifications").remove("channels");
		existing.get("source: jdbc").remove("adapter");
		existing.get("target: jdbc").remove("adapter");
		existing.put("connection: http", leaves("", HttpSettings.class));
		existing.put("target: http", leaves("", HttpTargetOptions.class));
		existing.put("source: push", components("", PushOptions.class));
		Set<String> file = components("", FileSourceOptions.class);
		file.removeAll(Set.of("delta", "after"));
		file.addAll(components("delta.", FileDelta.class));
		file.addAll(components("after.", AfterSuccess.class));
		existing.put("source: file", file);
		existing.put("target: file", components("", FileTargetOptions.class));
		existing.put("connection: sftp", components("", SftpSettings.class));
		existing.put("connection: s3", components("", S3Settings.class));
		existing.put("source: http", components("", HttpSourceOptions.class));
		existing.put("source: http, delta", components("", DeltaOptions.class));
		existing.put("source: http, paging", components("", PagingOptions.class));
		existing.put("source: http, list", components("", ListOptions.class));
		Set<String> export = new TreeSet<>();
		for (RecordComponent part : ExportOptions.class.getRecordComponents()) {
			export.addAll(components(part.getName() + ".", part.getType()));
		}
		existing.put("source: http, export", export);
		return existing;
	}

	/** Returns the options of a record and of the records in it. */
	private static Set<String> leaves(String group, Class<?> options) {
		Set<String> names = new TreeSet<>();
		for (RecordComponent component : options.getRecordComponents()) {
			String name = group + DataObjectPropertyName.toDashedForm(component.getName());
			if (component.getType().isRecord()) {
				names.addAll(leaves(name + ".", component.getType()));
			}
			else {
				names.add(name);
			}
		}
		return names;
	}

	private static Set<String> components(String group, Class<?> options) {
		return Arrays.stream(options.getRecordComponents())
			.map((component) -> group + DataObjectPropertyName.toDashedForm(component.getName()))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private static Map<String, Set<String>> known(String... unknown) {
		Map<String, Object> properties = new LinkedHashMap<>();
		properties.put("deltasync.connections.c.url", "jdbc:h2:mem:documentation");
		properties.put("deltasync.links.a.source.adapter", "jdbc");
		properties.put("deltasync.links.a.source.table", "a");
		properties.put("deltasync.links.a.source.connection", "c");
		properties.put("deltasync.links.a.target.adapter", "jdbc");
		properties.put("deltasync.links.a.target.table", "a");
		properties.put("deltasync.links.a.target.connection", "c");
		properties.put("deltasync.links.a.schedule.cron", "0 0 * * * *");
		properties.put("deltasync.links.a.run-after.link", "a");
		Map<String, Set<String>> known = new LinkedHashMap<>();
		for (String name : unknown) {
			StandardEnvironment environment = new StandardEnvironment();
			Map<String, Object> mistaken = new LinkedHashMap<>(properties);
			mistaken.put(name, "z");
			environment.getPropertySources().addFirst(new MapPropertySource("documentation", mistaken));
			ConfigurationPropertySources.attach(environment);
			ConfigurationException ex = catchThrowableOfType(ConfigurationException.class,
					() -> new Links(beans(), environment));
			String message = ex.problems()
				.stream()
				.filter((problem) -> problem.property().equals(name))
				.map(Object::toString)
				.findFirst()
				.orElseThrow(() -> new AssertionError(ex.getMessage()));
			Matcher keys = KNOWN.matcher(message);
			assertThat(keys.find()).as(message).isTrue();
			known.put(name.substring(0, name.length() - ".zzz".length()),
					new TreeSet<>(List.of(keys.group(1).split(", "))));
		}
		return known;
	}

	private static DefaultListableBeanFactory beans() {
		DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
		Connections none = (name) -> {
			throw new IllegalArgumentException(name);
		};
		JdbcTables tables = new JdbcTables(none, BuiltInDialects.with(List.of()));
		beans.registerBeanDefinition("jdbcSource",
				BeanDefinitionBuilder.genericBeanDefinition(JdbcSource.class, () -> new JdbcSource(none, tables))
					.setScope(BeanDefinition.SCOPE_PROTOTYPE)
					.getBeanDefinition());
		beans.registerBeanDefinition("jdbcTarget",
				BeanDefinitionBuilder.genericBeanDefinition(JdbcTarget.class, () -> new JdbcTarget(none, tables))
					.setScope(BeanDefinition.SCOPE_PROTOTYPE)
					.getBeanDefinition());
		return beans;
	}

	@Test
	void documentedMetricsExistAndAreComplete() throws IOException {
		Set<String> existing = Pattern.compile("(?:builder\\(|gauge\\(link, )\"deltasync\\.([a-z.]+)\"")
			.matcher(sources())
			.results()
			.map((meter) -> meter.group(1).replace('.', '_'))
			.collect(Collectors.toCollection(TreeSet::new));
		Set<String> documented = Pattern.compile("`deltasync_([a-z_]+?)(?:_seconds|_bytes|_total)?`")
			.matcher(DocPage.of(Path.of("docs/monitoring.md")).text())
			.results()
			.map((metric) -> metric.group(1))
			.collect(Collectors.toCollection(TreeSet::new));

		assertThat(documented).isEqualTo(existing);
	}

	@Test
	void everyCommandAndItsOptionsAreDocumented() {
		String documented = DocPage.of(Path.of("docs/command-line.md")).text();
		List<String> commands = CommandHelp.commands();

		assertThat(commands).contains("run", "serve");
		for (String command : commands) {
			List<String> nested = CommandHelp.commands(command);
			nested.forEach((name) -> assertThat(documented).containsPattern("`%s %s[ `]".formatted(command, name)));
			assertThat(documented).as(command).containsPattern("`" + command + "[ `]");
			Stream
				.concat(Stream.of(CommandHelp.of(command, "--help")),
						nested.stream().map((name) -> CommandHelp.of(command, name, "--help")))
				.flatMap((help) -> Pattern.compile("--[a-z-]+").matcher(help).results())
				.map(MatchResult::group)
				.forEach((option) -> assertThat(documented.contains(option)).as("%s %s", command, option).isTrue());
		}
	}

	@Test
	void everyFieldOfAnEventAndARejectIsDocumented() {
		String documented = DocPage.of(Path.of("docs/json.md")).text();

		Stream.of(SyncEvent.class, SyncEvent.Failure.class, SyncEvent.Attempt.class, Reject.class)
			.flatMap((type) -> Stream.of(type.getRecordComponents()))
			.forEach((field) -> assertThat(documented.contains("`" + field.getName() + "`")).as(field.toString())
				.isTrue());
	}

	@Test
	void explainedMessagesExist() throws IOException {
		String printed = sources();
		DocPage page = DocPage.of(Path.of("docs/troubleshooting.md"));
		Matcher row = Pattern.compile("(?m)^\\| (`[^|]+`)[^|]*\\|").matcher(page.text());
		int explained = 0;
		while (row.find()) {
			for (Matcher message = Pattern.compile("`([^`]+)`").matcher(row.group(1)); message.find();) {
				for (String part : message.group(1).split(" ?…|'…'| … ")) {
					assertThat(printed.contains(part.strip())).as("'%s' of %s", message.group(1), page).isTrue();
				}
				explained++;
			}
		}
		assertThat(explained).isGreaterThan(20);
	}

	/** With literals that are joined by a plus as one. */
	private static String sources() throws IOException {
		try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
			StringBuilder all = new StringBuilder();
			for (Path file : files.filter((one) -> one.toString().endsWith(".java")).toList()) {
				all.append(Files.readString(file).replaceAll("\"\\s*\\+\\s*\"", ""));
			}
			return all.toString();
		}
	}

}
