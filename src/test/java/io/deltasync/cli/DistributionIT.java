package io.deltasync.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

import io.deltasync.DeltaSyncApplication;
import io.deltasync.cli.Cli.Result;
import io.deltasync.cli.Cli.Running;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What users unpack, and its launcher.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@EnabledOnOs(OS.LINUX)
class DistributionIT {

	private static final String DEMO = "--spring.profiles.active=demo";

	private static final String SBOM = "sbom/deltasync.cdx.json";

	private static final String NOBODY = "65534";

	private static final String CONFIGURATION = """
			deltasync:
			  links:
			    %s:
			      source: { adapter: jdbc, connection: shop, table: customer, delta-column: updated_at }
			      target: { adapter: jdbc, connection: shop, table: copy }
			  connections.shop.url: "jdbc:h2:mem:shop"
			""";

	@TempDir
	static Path root;

	/** Its path has a blank. */
	static Installation installation;

	/** Java 17 does not use archives for a path with a blank. */
	static Installation trained;

	@TempDir
	Path directory;

	@BeforeAll
	static void unpackAndTrainTwiceAtOnce() throws IOException {
		Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
		installation = Installation.unpack(root.resolve("for all users"));
		trained = installation.copy(root.resolve("trained"));
		Path nowhere = Files.createDirectory(root.resolve("nowhere"));

		List<Running> both = List.of(trained.cli(nowhere).start("train"), trained.cli(nowhere).start("train"));

		for (Running one : both) {
			Result result = one.await();
			assertThat(result.exitCode()).as(result.err()).isZero();
			assertThat(result.out()).startsWith("Commands start faster with the archive " + trained.home());
			assertThat(result.err()).isEmpty();
		}
		assertThat(nowhere).isEmptyDirectory();
		assertThat(others(trained)).singleElement().satisfies((archive) -> assertThat(archive).isNotEmptyFile());
	}

	/** What is in lib beside jars. */
	private static List<Path> others(Installation installation) throws IOException {
		try (Stream<Path> files = Files.list(installation.home().resolve("lib"))) {
			return files.filter((file) -> !file.toString().endsWith(".jar")).toList();
		}
	}

	@Test
	void archivesHoldWhatTheListNames() throws IOException {
		String listed = new String(getClass().getResourceAsStream("distribution.txt").readAllBytes());
		List<String> expected = new ArrayList<>(listed.lines().toList());
		try (ZipFile zip = new ZipFile(Cli.jar(".zip").toFile())) {
			if (zip.stream().noneMatch((entry) -> entry.getName().endsWith(SBOM))) {
				// Maven makes none with its option -o
				Assumptions.assumeFalse(Boolean.parseBoolean(System.getenv("CI")));
				expected.remove(SBOM);
			}
			assertThat(contents(zip.stream().map(Object::toString))).isEqualTo(expected);
		}
		Result unpacked = new Cli(root, List.of("tar", "-tzf", Installation.archive().toString())).run();
		assertThat(contents(unpacked.out().lines())).isEqualTo(expected);
	}

	/** Files without the name of their common directory and the versions of jars. */
	private static List<String> contents(Stream<String> entries) {
		return entries.filter((entry) -> !entry.endsWith("/"))
			.map((entry) -> entry.substring(entry.indexOf('/') + 1).replaceFirst("-\\d[^/]*(?=\\.jar$)", ""))
			.sorted()
			.toList();
	}

	@Test
	void libraryIsThatOfTheRunnableJar() throws IOException {
		try (ZipFile jar = new ZipFile(Cli.jar("-app.jar").toFile());
				Stream<Path> files = Files.list(installation.home().resolve("lib"))) {
			assertThat(files.map((file) -> file.getFileName().toString())
				.filter((name) -> !name.startsWith("deltasync-"))
				.sorted())
				.isEqualTo(jar.stream()
					.map(Object::toString)
					.filter((entry) -> entry.matches("BOOT-INF/lib/.*\\.jar") && !entry.contains("jarmode"))
					.map((entry) -> entry.substring(entry.lastIndexOf('/') + 1))
					.sorted()
					.toList());
		}
	}

	@ParameterizedTest
	@CsvSource({ "run --help, TieredStopAtLevel=1", "verify --help, TieredStopAtLevel=1",
			"run --full --help, Tier4InvocationThreshold=125000", "restart --help, Tier4InvocationThreshold=125000",
			"serve --help," })
	void launcherChoosesCompilersForTheCommand(String command, String expected) {
		Result result = installation.cli(this.directory, "DELTASYNC_JAVA_OPTS=-XX:+PrintCommandLineFlags")
			.run(command.split(" "));

		assertThat(result.exitCode()).as(result.err()).isZero();
		assertThat(Pattern.compile("TieredStopAtLevel=\\d+|Tier4InvocationThreshold=\\d+")
			.matcher(result.err())
			.results()
			.map(MatchResult::group)).isEqualTo((expected != null) ? List.of(expected) : List.of());
	}

	@Test
	void launcherFollowsLinksToItself() throws IOException {
		Path link = Files.createSymbolicLink(this.directory.resolve("a link"), installation.launcher());
		Path relative = Files.createSymbolicLink(this.directory.resolve("deltasync"), link.getFileName());

		Result absolute = launch(link, List.of()).run("--version");
		Result onPath = new Cli(this.directory,
				List.of("env", "PATH=" + this.directory + ":/usr/bin:/bin",
						"JAVA_HOME=" + System.getProperty("java.home"), relative.getFileName().toString()))
			.run("--version");

		assertThat(absolute.out()).as(absolute.err()).startsWith("DeltaSync ");
		assertThat(onPath.out()).as(onPath.err()).isEqualTo(absolute.out());
	}

	private Cli launch(Path launcher, List<String> variables) {
		List<String> command = new ArrayList<>(List.of("env", "JAVA_HOME=" + System.getProperty("java.home")));
		command.addAll(variables);
		command.add(launcher.toString());
		return new Cli(this.directory, command);
	}

	@Test
	void helpNamesTheLaunchersOwnCommand() {
		assertThat(installation.cli(this.directory).run("--help").out()).containsPattern("(?m)^  train {2,}Archives");
	}

	@Test
	void commandsAndOptionsAreCompleted() {
		String complete = """
				. '%s/completion/deltasync.bash'
				COMP_WORDS=(deltasync tr) COMP_CWORD=1 COMP_LINE='deltasync tr'
				_complete_deltasync
				echo "${COMPREPLY[@]}"
				""".formatted(installation.home());

		assertThat(new Cli(this.directory, List.of("bash", "-c", complete)).run().out()).isEqualTo("trace train");
	}

	@Test
	void archiveIsUsed() throws IOException {
		Result result = links(trained, this.directory);

		assertThat(result.json().get(0).get("name").asString()).isEqualTo("customers");
		assertThat(result.err()).isEmpty();
		assertThat(archivedClasses(this.directory)).isTrue();
	}

	@Test
	void archiveHasTheClassesOfDatabasesInFiles() throws IOException {
		links(trained, this.directory);

		assertThat(Files.readString(this.directory.resolve("classes.log")))
			.contains("org.h2.store.fs.disk.FilePathDisk source: shared objects file");
	}

	/** Java 25 uses it, Java 17 does not. */
	@Test
	void archiveOfAnotherPathIsHarmless() throws IOException {
		expectSilentStart(trained.copy(this.directory.resolve("moved")));
	}

	@Test
	void archiveOfOtherJarsIsIgnored() throws IOException {
		Installation stale = trained.copy(this.directory.resolve("moved"));
		Files.setLastModifiedTime(stale.home().resolve("lib").resolve(Cli.jar("SNAPSHOT.jar").getFileName()),
				FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));

		expectSilentStart(stale);
		assertThat(archivedClasses(this.directory)).isFalse();
	}

	@Test
	void damagedArchiveIsIgnored() throws IOException {
		Installation damaged = installation.copy(this.directory.resolve("damaged"));
		Files.writeString(damaged.home().resolve("lib").resolve(others(trained).get(0).getFileName()),
				"not an archive");

		expectSilentStart(damaged);
		assertThat(archivedClasses(this.directory)).isFalse();
	}

	private void expectSilentStart(Installation installation) {
		Result result = links(installation, this.directory);

		assertThat(result.exitCode()).as(result.err()).isZero();
		assertThat(result.json()).hasSize(1);
		assertThat(result.err()).isEmpty();
	}

	private static Result links(Installation installation, Path directory) {
		return installation.cli(directory, "DELTASYNC_JAVA_OPTS=-Xlog:class+load:file=classes.log")
			.run("links", "--json", DEMO);
	}

	private static boolean archivedClasses(Path directory) throws IOException {
		return Files.readString(directory.resolve("classes.log"))
			.contains(DeltaSyncApplication.class.getName() + " source: shared objects file");
	}

	@Test
	void unprivilegedUserRunsTheDemo() throws IOException {
		Path own = Files.createDirectory(root.resolve("own"));
		Files.setPosixFilePermissions(own, PosixFilePermissions.fromString("rwxrwxrwx"));
		List<String> nobody = nobody();
		Path archive = others(trained).get(0);
		Installation untrained = installation.copy(root.resolve("untrained"));
		// where 'train' puts it for a user who may not write to the installation
		Path cache = Files.createDirectories(own.resolve("cache/deltasync" + untrained.home()));
		Files.write(cache.resolve(archive.getFileName()), Files.readAllBytes(archive));

		Result result = untrained.cli(nobody, own, "XDG_CACHE_HOME=" + own.resolve("cache"))
			.run("run", "customers", DEMO);
		Result training = untrained.cli(nobody, own, "XDG_CACHE_HOME=" + root.resolve("forbidden")).run("train");

		assertThat(result.exitCode()).as(result.err()).isZero();
		assertThat(result.out()).contains("40,000 fetched, 40,000 written");
		assertThat(training.exitCode()).isEqualTo(4);
		assertThat(training.err().lines()).singleElement()
			.satisfies((line) -> assertThat(line)
				.startsWith("deltasync: Neither %s/lib nor %s/forbidden/deltasync".formatted(untrained.home(), root)));
	}

	/** Permissions are nothing to root. */
	private static List<String> nobody() {
		if (!System.getProperty("user.name").equals("root")) {
			return List.of();
		}
		Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "needs setpriv, or not to be root");
		return List.of("/usr/bin/setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");
	}

	@Test
	void missingJavaIsSaidInOneSentence() {
		Cli none = new Cli(this.directory,
				List.of("env", "-u", "JAVA_HOME", "PATH=" + this.directory, installation.launcher().toString()));

		expectRefusal(none.run("--version"), "Java 17 or later is required, and there is no java on the PATH.");
		expectRefusal(installation.cli(this.directory, "JAVA_HOME=/no/java").run("--version"),
				"JAVA_HOME is '/no/java', where there is no bin/java.");
	}

	@Test
	void oldJavaIsSaidInOneSentence() throws IOException {
		Path old = java("old", "echo '    java.version = 1.8.0_392' >&2");
		expectRefusal(installation.cli(this.directory, "JAVA_HOME=" + old).run("--version"), "is Java 1.8.0_392.");

		Files.writeString(old.resolve("release"), "IMPLEMENTOR=\"N/A\"\nJAVA_VERSION=\"11.0.2\"\n");
		expectRefusal(installation.cli(this.directory, "JAVA_HOME=" + old).run("--version"), "is Java 11.0.2.");
	}

	@Test
	void scriptInPlaceOfJavaIsAskedForTheRealOne() throws IOException {
		Path script = java("script", "exec '%s/bin/java' \"$@\"".formatted(System.getProperty("java.home")));

		Result result = installation.cli(this.directory, "JAVA_HOME=" + script).run("--version");

		assertThat(result.out()).as(result.err()).startsWith("DeltaSync ");
	}

	private Path java(String name, String command) throws IOException {
		Path home = this.directory.resolve(name);
		Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
		Files.writeString(java, "#!/bin/sh\n" + command + "\n");
		Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
		return home;
	}

	private static void expectRefusal(Result result, String reason) {
		assertThat(result.exitCode()).as(result.err()).isEqualTo(4);
		assertThat(result.out()).isEmpty();
		assertThat(result.err().lines()).singleElement()
			.satisfies((line) -> assertThat(line).startsWith("deltasync: ").contains(reason));
	}

	@Test
	void signalEndsTheProductItselfWithItsExitCode() throws IOException {
		Running serve = trained.cli(this.directory, "DELTASYNC_JAVA_OPTS=-XX:TieredStopAtLevel=1")
			.start("serve", DEMO, "--server.port=0")
			.awaitOnStderr("Serves Links: 1,");

		assertThat(serve.terminate().await().exitCode()).isEqualTo(143);
	}

	@Test
	void exitCodeIsThatOfTheCommand() {
		Result result = trained.cli(this.directory).run("run", "nobody", DEMO);

		assertThat(result.exitCode()).as(result.err()).isEqualTo(2);
	}

	@Test
	void configurationOfTheInstallationAppliesEverywhereAndThatOfTheDirectoryHasPrecedence() throws IOException {
		Installation configured = installation.copy(this.directory.resolve("a, b; c"));
		Files.writeString(configured.home().resolve("conf/application.yaml"), CONFIGURATION.formatted("everywhere"));
		Path here = Files.createDirectory(this.directory.resolve("here"));
		Files.writeString(here.resolve("application.yaml"),
				CONFIGURATION.formatted("here") + "deltasync.links.everywhere.labels: [ours]\n");

		Result result = configured.cli(here).run("links", "--json");

		assertThat(result.exitCode()).as(result.err()).isZero();
		assertThat(result.json().valueStream().map((link) -> link.get("name").asString())).containsExactly("everywhere",
				"here");
		assertThat(result.json().get(0).get("labels").get(0).asString()).isEqualTo("ours");
	}

	@Test
	void mistakeInTheConfigurationOfTheInstallationIsLocated() throws IOException {
		Installation configured = installation.copy(this.directory.resolve("configured"));
		Path file = configured.home().resolve("conf/application.yaml");
		Files.writeString(file, "deltasync: [");

		Result result = configured.cli(this.directory).run("links");

		assertThat(result.exitCode()).isEqualTo(4);
		assertThat(result.err()).contains(file.toString());
	}

}
