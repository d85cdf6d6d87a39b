package io.deltasync;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import io.deltasync.run.RunTables;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_USE_FIELD_INJECTION;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rules of the house.
 */
class ArchitectureTests {

	private static final String ROOT = "io.deltasync";

	/** Ground floor first: a package imports only from the floors below its own. */
	private static final List<List<String>> FLOORS = List.of(List.of("api"), List.of("config", "codec", "format"),
			List.of("schema", "connection", "expression"), List.of("mapping"), List.of("link"),
			List.of("lease", "scope"), List.of("reject", "delivered", "verified", "audit", "inbox", "notice"),
			List.of("event"), List.of("notify"), List.of("run"),
			List.of("remote", "serve", "metrics", "testkit", "trace"), List.of("console"), List.of("cli"),
			List.of("autoconfigure"));

	/**
	 * The order of the packages that a run consists of, and of those of events, of the
	 * command line and of the adapter for databases.
	 */
	private static final List<List<String>> STAGES = List.of(
			List.of("run.retry", "run", "run.plan", "run.fetch", "run.deliver", "run.verify", "run.lane", "run.job",
					"run.start"),
			List.of("link.notification", "link"), List.of("console.api.problem", "console.api"),
			List.of("event", "event.view", "event.decision", "event.retention"),
			List.of("cli.text", "cli.process", "cli.backend", "cli.command", "cli.access", "cli.server", "cli"),
			List.of("jdbc.value", "jdbc.dialect", "jdbc.write", "jdbc.delta", "jdbc.read", "jdbc.testkit"),
			List.of("file.store", "file.sftp"), List.of("file.store", "file.s3"), List.of("file.store", "file.read"),
			List.of("file.store", "file.write"), List.of("jdbc.value", "jdbc.dialect", "jdbc.h2", "jdbc"),
			List.of("jdbc.value", "jdbc.dialect", "jdbc.mysql", "jdbc"),
			List.of("jdbc.value", "jdbc.dialect", "jdbc.postgresql", "jdbc"),
			List.of("jdbc.value", "jdbc.dialect", "jdbc.sqlite", "jdbc"),
			List.of("jdbc.value", "jdbc.dialect", "jdbc.duckdb", "jdbc"),
			List.of("jdbc.value", "jdbc.dialect", "jdbc.generic", "jdbc"),
			List.of("http.template", "http.json", "http.source"), List.of("http.connection", "http.source"),
			List.of("http.connection", "http.target"));

	/**
	 * Adapters stand beside the floors: they know the contract, and how files are read,
	 * alone.
	 */
	private static final List<String> ADAPTERS = List.of("jdbc", "push", "http", "file");

	/** What the packages of a run offer to others. Their other types serve each other. */
	private static final Set<String> OFFERED = Set.of("run.deliver.DeliveryTrial", "run.deliver.StandaloneDelivery",
			"run.fetch.Fetch", "run.fetch.FirstRecords", "run.fetch.PushedRecords", "run.fetch.RefusedPushException",
			"run.fetch.RowFeed", "run.fetch.ScopeException", "run.fetch.SourceLookup", "run.job.LinkJobFactory",
			"run.lane.RemoteLaneExecutor", "run.lane.WorkerLaneRunner", "run.lane.WorkerRecordCounts",
			"run.plan.LinkCheck", "run.plan.PlanningCall", "run.plan.Preview", "run.plan.Previews",
			"run.start.AutoReplay", "run.start.AutoReplays", "run.start.CrashRecovery", "run.start.FullRuns",
			"run.start.LinkJobOperator", "run.start.RunStarter", "run.start.WindowChangedException");

	private static final JavaClasses MAIN = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(ROOT);

	private static final JavaClasses TESTS = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
		.importPackages(ROOT);

	@ParameterizedTest
	@MethodSource("floors")
	void aPackageImportsOnlyFromFloorsBelow(List<String> floor) {
		int number = FLOORS.indexOf(floor);
		for (String name : floor) {
			Stream<String> beside = floor.stream().filter((other) -> !other.equals(name));
			Stream<String> above = FLOORS.subList(number + 1, FLOORS.size()).stream().flatMap(List::stream);
			Stream<String> forbidden = Stream
				.of(beside, above, ADAPTERS.stream().filter((adapter) -> !name.equals("autoconfigure")))
				.flatMap(Function.identity())
				.map(ArchitectureTests::below);

			check(noClasses().that()
				.resideInAPackage(below(name))
				.should()
				.dependOnClassesThat()
				.resideInAnyPackage(Stream.concat(Stream.of(ROOT), forbidden).toArray(String[]::new)));
		}
	}

	@ParameterizedTest
	@MethodSource("stages")
	void aStageImportsOnlyFromStagesBeforeIt(List<String> stages) {
		for (String stage : stages) {
			List<String> later = stages.subList(stages.indexOf(stage) + 1, stages.size());

			check(noClasses().that()
				.resideInAPackage(ROOT + "." + stage)
				.should()
				.dependOnClassesThat()
				.resideInAnyPackage(later.stream().map((name) -> ROOT + "." + name).toArray(String[]::new)));
		}
	}

	@Test
	void whatStagesNeedOfEachOtherIsNotForOthers() {
		check(noClasses().that()
			.resideOutsideOfPackage(below("run"))
			.should()
			.dependOnClassesThat(resideInAPackage(ROOT + ".run.*..")
				.and(DescribedPredicate.describe("is not offered", (type) -> !OFFERED.contains(outermost(type))))));
	}

	@Test
	void noClassKeepsAllTablesOfRuns() {
		check(noFields().that()
			.areNotDeclaredIn(RunTables.class)
			.should()
			.haveRawType(RunTables.class)
			.because("a class keeps the tables that it needs"));
	}

	@Test
	void everyPackageHasItsFloor() {
		List<String> known = Stream.concat(FLOORS.stream().flatMap(List::stream), ADAPTERS.stream()).toList();

		assertThat(MAIN).filteredOn((type) -> !type.getPackageName().equals(ROOT))
			.allSatisfy((type) -> assertThat(type.getPackageName().split("\\.")[2]).isIn(known));
	}

	@Test
	void theApplicationIsAloneAtTheRoot() {
		assertThat(MAIN).filteredOn((type) -> type.getPackageName().equals(ROOT))
			.extracting(JavaClass::getSimpleName)
			.containsOnly("DeltaSyncApplication", "package-info");
	}

	@Test
	void theApiNeedsNothingButTheJdk() {
		check(classes().that()
			.resideInAPackage(below("api"))
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(below("api"), "java..", "javax.sql..", "org.jspecify.."));
	}

	@ParameterizedTest
	@MethodSource("adapters")
	void aBuiltInAdapterKnowsTheApiAndFormatsAlone(String adapter) {
		DescribedPredicate<JavaClass> ours = resideInAPackage(ROOT + "..");

		check(noClasses().that()
			.resideInAPackage(below(adapter))
			.should()
			.dependOnClassesThat(ours
				.and(DescribedPredicate.not(resideInAnyPackage(below("api"), below("format"), below(adapter))))));
	}

	@Test
	void theTestkitNeedsNeitherSpringNorATestFramework() {
		check(classes().that()
			.resideInAPackage(below("testkit"))
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(below("testkit"), below("api"), below("codec"), below("scope"), below("run"), "java..",
					"org.jspecify.."));
	}

	@Test
	void everyPackageSaysWhatItIsForAndIsNullMarked() {
		assertThat(MAIN).extracting(JavaClass::getPackage)
			.allSatisfy((found) -> assertThat(isNullMarked(found)).as(found.getName() + " is @NullMarked").isTrue());
	}

	@Test
	void dependenciesComeThroughTheConstructor() {
		check(NO_CLASSES_SHOULD_USE_FIELD_INJECTION);
	}

	@Test
	void timeIsTakenFromAClockThatTestsCanSet() {
		check(noClasses().should()
			.callConstructor(java.util.Date.class)
			.orShould()
			.callMethod(System.class, "currentTimeMillis")
			.orShould()
			.callMethod(java.time.LocalDateTime.class, "now"));
	}

	@Test
	void nothingSleeps() {
		ArchRule rule = noClasses().should(ArchConditions.callMethodWhere(DescribedPredicate.describe("is Thread.sleep",
				(call) -> call.getTargetOwner().isEquivalentTo(Thread.class)
						&& call.getTarget().getName().equals("sleep"))));

		check(rule);
		rule.allowEmptyShould(true).check(TESTS);
	}

	@Test
	void namesSayWhatAClassIs() {
		check(noClasses().should()
			.haveSimpleNameEndingWith("Manager")
			.orShould()
			.haveSimpleNameEndingWith("Helper")
			.orShould()
			.haveSimpleNameEndingWith("Util")
			.orShould()
			.haveSimpleNameEndingWith("Utils"));
	}

	private static void check(ArchRule rule) {
		rule.allowEmptyShould(true).check(MAIN);
	}

	private static Stream<List<String>> floors() {
		return FLOORS.stream();
	}

	private static Stream<String> adapters() {
		return ADAPTERS.stream();
	}

	private static Stream<List<String>> stages() {
		return STAGES.stream();
	}

	private static String outermost(JavaClass type) {
		String name = type.getName().substring(ROOT.length() + 1);
		return name.contains("$") ? name.substring(0, name.indexOf('$')) : name;
	}

	private static String below(String name) {
		return ROOT + "." + name + "..";
	}

	private static boolean isNullMarked(JavaPackage found) {
		return found.tryGetPackageInfo().map((info) -> info.isAnnotatedWith(NullMarked.class)).orElse(false);
	}

}
