package io.deltasync.helm;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.deltasync.testing.TestDatabase;
import io.fabric8.kubernetes.api.model.ConfigMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The instructions of the Dockerfile, carried out with this computer as the base image
 * and a file system of their own above it; and in what they make, the pods of the chart:
 * as the image's user, with a root that is read-only, against MySQL.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@EnabledOnOs(OS.LINUX)
class DockerfileIT {

	private static final Path DOCKERFILE = Path.of("src/main/docker/Dockerfile");

	private static final String BASE = """
			set -eu
			mount -t tmpfs none /mnt
			mkdir /mnt/image /mnt/work /mnt/root
			mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/image,workdir=/mnt/work /mnt/root
			mount -t proc proc /mnt/root/proc
			mount --bind /dev /mnt/root/dev
			mount -t tmpfs -o mode=1777 none /mnt/root/tmp
			""";

	/** Kubernetes makes the directories of volumes. */
	private static final String HARDEN = """
			find /mnt/image -not -type d | sort > image.txt
			mkdir -p /mnt/root/etc/deltasync
			mount --bind configuration /mnt/root/etc/deltasync
			mount -o remount,ro /mnt/root
			""";

	@TempDir
	static Path directory;

	static String schema;

	static Rendered chart;

	static int port;

	@BeforeAll
	static void buildImageAndRunPods() throws Exception {
		Assumptions.assumeTrue(System.getProperty("user.name").equals("root") && succeeds(BASE),
				"needs root, and a kernel that lets it mount an overlay");
		schema = TestDatabase.MYSQL.createSchema();
		TestDatabase.MYSQL.execute(schema, List.of("CREATE TABLE customer (id INT PRIMARY KEY, name VARCHAR(20))",
				"CREATE TABLE copy (id INT PRIMARY KEY, name VARCHAR(20))", "INSERT INTO customer VALUES (1, 'Zoë')"));
		try (ServerSocket free = new ServerSocket(0); ServerSocket other = new ServerSocket(0)) {
			port = free.getLocalPort();
			chart = Chart.ofDefaults().with("""
					image: { repository: deltasync }
					database: { existingSecret: database }
					connections:
					  shop: { url: "%s", username: root }
					serve: { port: %d }
					console: { port: %d }
					links:
					  customers:
					    schedule: "@hourly"
					    config:
					      source: { adapter: jdbc, connection: shop, table: customer }
					      target: { adapter: jdbc, connection: shop, table: copy }
					""".formatted(TestDatabase.MYSQL.url(schema), port, other.getLocalPort())).render();
		}
		Path configuration = Files.createDirectory(directory.resolve("configuration"));
		for (Map.Entry<String, String> file : chart.get(ConfigMap.class, "ds-deltasync").getData().entrySet()) {
			Files.writeString(configuration.resolve(file.getKey()), file.getValue());
		}
		Image image = Image.of(Files.readString(DOCKERFILE));
		boolean built = succeeds(BASE + image.build() + HARDEN + pods(image));
		assertThat(built).as(Files.readString(directory.resolve("err"))).isTrue();
	}

	@AfterAll
	static void dropSchema() {
		if (schema != null) {
			TestDatabase.MYSQL.dropSchema(schema);
		}
	}

	/** A command that is a pod. */
	private static String pod(Image image, String name) {
		String pod = "ds-deltasync-" + name;
		Map<String, String> variables = chart.env(pod);
		variables.replaceAll((variable, value) -> switch (value) {
			case "secret:database/url" -> TestDatabase.MYSQL.url(schema);
			case "secret:database/username" -> "root";
			case "secret:database/password" -> "";
			default -> value;
		});
		variables.put("DELTASYNC_JAVA_OPTS", "-Xlog:class+load:file=/tmp/" + name);
		return "%s >%s.out 2>%s.err".formatted(image.run(variables, chart.container(pod).getArgs()), name, name);
	}

	private static String pods(Image image) {
		return """
				code=0; %s || code=$?; echo $code > migrate.code
				code=0; %s || code=$?; echo $code > customers.code
				cp /mnt/root/tmp/customers classes
				%s & pid=$!
				until curl --silent --fail http://127.0.0.1:%d/actuator/health/readiness > ready.json; do
					kill -0 $pid
					sleep 0.2
				done
				kill -TERM $pid
				code=0; wait $pid || code=$?; echo $code > serve.code
				""".formatted(pod(image, "migrate"), pod(image, "customers"), pod(image, "serve"), port);
	}

	private static boolean succeeds(String script) throws Exception {
		Path file = Files.writeString(directory.resolve("script"), script);
		return new ProcessBuilder("unshare", "--mount", "--propagation", "private", "sh", file.toString())
			.directory(directory.toFile())
			.redirectOutput(directory.resolve("out").toFile())
			.redirectError(directory.resolve("err").toFile())
			.start()
			.waitFor() == 0;
	}

	@Test
	void imageAddsTheDistributionAndItsArchiveOfClasses() throws IOException {
		List<String> added = Files.readAllLines(directory.resolve("image.txt"));

		assertThat(added).allMatch((file) -> file.startsWith("/mnt/image/opt/deltasync"))
			.anyMatch((file) -> file.endsWith("/bin/deltasync"))
			.anyMatch((file) -> file.matches(".*/lib/deltasync-\\S+-java-\\S+\\.(jsa|aot)"));
	}

	@Test
	void migrateCreatesTheTables() throws IOException {
		assertThat(read("migrate.code")).as(read("migrate.err")).isEqualTo("0");
		assertThat(read("migrate.out")).isEmpty();
	}

	@Test
	void runDeliversInOneContainerAndUsesTheArchive() throws IOException {
		assertThat(read("customers.code")).as(read("customers.err")).isEqualTo("0");
		assertThat(read("customers.out")).startsWith("Link 'customers': successful");
		assertThat(read("classes")).contains("io.deltasync.DeltaSyncApplication source: shared objects file");
	}

	@Test
	void serveIsReadyAndStopsOnItsSignal() throws IOException {
		assertThat(read("ready.json")).as(read("serve.err")).contains("UP");
		assertThat(read("serve.code")).as(read("serve.err")).isEqualTo("143");
	}

	private static String read(String name) throws IOException {
		return Files.readString(directory.resolve(name)).strip();
	}

	/**
	 * What a Dockerfile says, in shell.
	 *
	 * @param build the lines that build it
	 * @param user who runs it
	 * @param workingDirectory where it starts
	 * @param entryPoint the program
	 * @param variables its environment
	 */
	private record Image(String build, String user, String workingDirectory, List<String> entryPoint,
			Map<String, String> variables) {

		private static final Pattern INSTRUCTION = Pattern.compile("(?m)^([A-Z]+) (.*)$");

		static Image of(String dockerfile) {
			StringBuilder build = new StringBuilder();
			Map<String, String> variables = new LinkedHashMap<>(
					Map.of("PATH", "/usr/bin:/bin", "JAVA_HOME", System.getProperty("java.home")));
			Map<String, String> arguments = new LinkedHashMap<>();
			Map<String, String> last = new LinkedHashMap<>();
			Matcher instruction = INSTRUCTION.matcher(dockerfile.replaceAll("\\\\\\n\\s*", ""));
			while (instruction.find()) {
				String value = instruction.group(2);
				for (Map.Entry<String, String> argument : arguments.entrySet()) {
					value = value.replace("${" + argument.getKey() + "}", argument.getValue());
				}
				String[] words = value.split("[ =]", 2);
				switch (instruction.group(1)) {
					case "ARG" -> arguments.put(words[0], words[1]);
					case "ENV" -> variables.put(words[0], words[1]);
					case "ADD" -> build.append("mkdir -p /mnt/root%s; tar -xzf %s -C /mnt/root%s --no-same-owner\n"
						.formatted(words[1], quote(Path.of(words[0]).toAbsolutePath().toString()), words[1]));
					case "RUN" -> build.append(
							"chroot /mnt/root env -i %s sh -c %s\n".formatted(assignments(variables), quote(value)));
					case "FROM", "WORKDIR", "USER", "ENTRYPOINT" -> last.put(instruction.group(1), value);
					default -> throw new IllegalArgumentException(instruction.group());
				}
			}
			List<String> entryPoint = new Yaml().load(last.get("ENTRYPOINT"));
			return new Image(build.toString(), last.get("USER"), last.get("WORKDIR"), entryPoint, variables);
		}

		/** A command of a container, to which the mounts of the image are the root. */
		String run(Map<String, String> more, List<String> arguments) {
			Map<String, String> all = new LinkedHashMap<>(this.variables);
			all.putAll(more);
			return "chroot --userspec=%s /mnt/root env -i %s sh -c 'cd \"$0\" && exec \"$@\"' %s %s".formatted(
					this.user, assignments(all), this.workingDirectory,
					Stream.concat(this.entryPoint.stream(), arguments.stream())
						.map(Image::quote)
						.collect(Collectors.joining(" ")));
		}

		private static String assignments(Map<String, String> variables) {
			return variables.entrySet()
				.stream()
				.map((variable) -> quote(variable.getKey() + "=" + variable.getValue()))
				.collect(Collectors.joining(" "));
		}

		private static String quote(String word) {
			return "'" + word.replace("'", "'\\''") + "'";
		}

	}

}
